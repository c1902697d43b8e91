def max_stable_rate(X):
    return 2 / np.linalg.eigvalsh(X.T @ X / len(X))[-1]
