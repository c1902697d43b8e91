def max_stable_rate(X):
    return len(X) / np.linalg.norm(X, ord=2) ** 2
