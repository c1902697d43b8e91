def standardize(X):
    mean, std = X.mean(axis=0), X.std(axis=0)
    flat = X.max(axis=0) == X.min(axis=0)
    X -= mean
    X /= np.where(flat, 1.0, std)
    X[:, flat] = 0
    return X, mean, std
