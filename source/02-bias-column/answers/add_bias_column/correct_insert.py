def add_bias_column(X):
    X = np.asarray(X, dtype=float)
    if X.ndim > 2:
        raise ValueError(f"X has {X.ndim} axes")
    if X.ndim == 1:
        X = X.reshape(-1, 1)
    return np.insert(X, X.shape[1], 1, axis=1)
