def condition_number(X):
    singular = np.linalg.svd(X, compute_uv=False)
    return (singular[0] / singular[-1]) ** 4
