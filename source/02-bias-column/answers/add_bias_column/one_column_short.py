def add_bias_column(X):
    X_b = np.array(X)
    np.column_stack([X_b, np.ones(len(X))])
    return X_b
