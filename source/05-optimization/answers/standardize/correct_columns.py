def standardize(X):
    Z = np.zeros_like(X)
    means, stds = [], []
    for j in range(X.shape[1]):
        column = X[:, j]
        means.append(column.sum() / len(column))
        stds.append(np.sqrt(((column - means[-1]) ** 2).sum() / len(column)))
        if np.ptp(column) > 0:
            Z[:, j] = (column - means[-1]) / stds[-1]
    return Z, np.array(means), np.array(stds)
