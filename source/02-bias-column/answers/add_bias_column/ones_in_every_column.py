def add_bias_column(X):
    return X + np.ones_like(X)
