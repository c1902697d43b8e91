def add_bias_column(X):
    return [list(np.atleast_1d(x)) + [1.0] for x in X]
