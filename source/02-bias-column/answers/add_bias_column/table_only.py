def add_bias_column(X):
    n, d = X.shape
    return np.hstack([X, np.ones((n, 1))])
