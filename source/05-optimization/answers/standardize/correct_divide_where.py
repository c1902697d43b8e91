def constant_columns(table):
    return np.all(table == table[0], axis=0)


def standardize(X):
    n = len(X)
    mean = np.ones(n) @ X / n
    centred = X - mean
    std = np.linalg.norm(centred, axis=0) / np.sqrt(n)
    std[constant_columns(X)] = 0.0
    Z = np.divide(centred, std, out=np.zeros_like(centred), where=std > 0)
    return [Z, mean, std]
