def add_bias_column(X):
    return np.column_stack([X, np.zeros(len(X))])
