def standardize(X):
    mean, std = X.mean(axis=1), X.std(axis=1)
    std[std == 0] = 1
    Z = (X - mean[:, None]) / std[:, None]
    return Z, mean, std
