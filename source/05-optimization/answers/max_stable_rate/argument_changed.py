def max_stable_rate(X):
    X *= np.sqrt(2 / len(X))
    return 2 / np.linalg.eigvalsh(X.T @ X)[-1]
