def max_stable_rate(X):
    return len(X) / np.linalg.svd(X, compute_uv=False)[0]
