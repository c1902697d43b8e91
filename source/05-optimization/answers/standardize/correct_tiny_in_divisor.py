def standardize(X):
    mean, std = np.mean(X, 0), np.std(X, 0)
    std[std < 1e-10] = 1
    return np.round((X - mean) / std, 14), mean, std
