def standardize(X):
    mean, std = X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True)
    flat = X.max(axis=0) == X.min(axis=0)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z, mean, std
