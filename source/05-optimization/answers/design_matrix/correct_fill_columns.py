def design_matrix(x):
    X = np.empty((x.size, 2))
    X[:, 0] = 1
    X[:, 1] = x
    return X
