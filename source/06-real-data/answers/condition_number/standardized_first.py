def condition_number(X):
    spread = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
    Z[:, spread == 0] = 1
    singular = np.linalg.svd(Z, compute_uv=False)
    return (singular[0] / singular[-1]) ** 2
