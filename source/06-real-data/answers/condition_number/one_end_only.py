def condition_number(X):
    singular = np.linalg.svd(X, compute_uv=False)
    return 2 / len(X) * singular[0] ** 2
