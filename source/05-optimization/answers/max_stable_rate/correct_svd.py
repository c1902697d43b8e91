def max_stable_rate(X):
    singular = np.linalg.svd(X, compute_uv=False)
    return float(X.shape[0] / singular.max() ** 2)
