def standardize(X):
    mean, std = X.mean(axis=0), X.std(axis=0)
    flat = std < 1e-3
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z, mean, std
