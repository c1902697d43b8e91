def condition_number(X):
    singular = np.linalg.svd(X, compute_uv=False)
    return (singular[-1] / singular[0]) ** 2
