def standardize(X):
    mean, std = X.mean(axis=0), X.std(axis=0)
    return X - mean, mean, std
