def add_bias_column(X):
    return np.append(X, np.ones(len(X)))
