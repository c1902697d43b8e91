def standardize(X):
    mean = np.einsum('ij->j', X) / X.shape[0]
    C = X - mean
    std = np.einsum('ij,ij->j', C, C) ** 0.5 / X.shape[0] ** 0.5
    varies = np.array([len(set(column)) > 1 for column in X.T])
    return C * varies / np.where(varies, std, 1), mean, std * varies
