def standardize(X):
    mean, std = X.mean(axis=0), X.std(axis=0)
    scale = std.copy()
    scale[std <= 1e-12 * np.abs(mean)] = 1.0
    Z = (X - mean) / scale
    Z[:, std <= 1e-12 * np.abs(mean)] = 0
    return Z, mean, scale
