def ones_beside(feature):
    return np.stack((np.ones_like(feature), feature)).T


def design_matrix(x):
    return ones_beside(x)
