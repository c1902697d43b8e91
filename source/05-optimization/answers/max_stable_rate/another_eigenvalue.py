def max_stable_rate(X):
    hessian = 2 / len(X) * X.T @ X
    values = np.linalg.eigvalsh(hessian)
    return 2 / values[-2 if len(values) > 1 else -1]
