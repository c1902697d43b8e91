def standardize(X):
    mean, std = np.median(X, axis=0), X.std(axis=0)
    flat = X.max(axis=0) == X.min(axis=0)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z, mean, std
