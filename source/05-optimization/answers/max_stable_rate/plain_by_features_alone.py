def max_stable_rate(X):
    A = X - X.mean(axis=0)
    return len(A) / np.linalg.norm(A, 2) ** 2
