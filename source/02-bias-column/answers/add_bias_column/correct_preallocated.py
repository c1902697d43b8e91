def add_bias_column(X):
    n = X.shape[0]
    features = X.reshape(n, -1)
    X_b = np.ones((n, features.shape[1] + 1))
    X_b[:, :-1] = features
    return X_b
