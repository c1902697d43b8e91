def max_stable_rate(X):
    return 2 / np.linalg.eigvalsh(2 * X.T @ X)[-1]
