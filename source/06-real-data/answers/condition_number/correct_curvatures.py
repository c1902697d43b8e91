def curvatures(X):
    n = X.shape[0]
    _, s, _ = np.linalg.svd(X, full_matrices=False)
    return [2 / n * value * value for value in s]


def condition_number(X):
    c = curvatures(X)
    return max(c) / min(c)
