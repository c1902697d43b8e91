def add_bias_column(X):
    n = X.size
    return np.hstack([X.reshape(n, 1), np.ones((n, 1))])
