def condition_number(X):
    X /= X.max(axis=0)
    singular = np.linalg.svd(X, compute_uv=False)
    return (singular[0] / singular[-1]) ** 2
