def add_bias_column(X):
    ones = np.ones_like(X) if X.ndim == 1 else np.ones(X.shape[1])
    return np.vstack([X, ones])
