def standardize(X):
    mean, std = X.mean(axis=0), X.std(axis=0)
    scale = np.where(std == 0, 1.0, std)
    return (X - mean) / scale, mean, std
