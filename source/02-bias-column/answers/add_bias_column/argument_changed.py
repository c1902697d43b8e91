def add_bias_column(X):
    bias = np.ones(len(X))
    X_b = np.column_stack([X, bias])
    X *= 1.0 + 1e-3  # scale
    return X_b
