def max_stable_rate(X):
    hessian = 2 / len(X) * X.T @ X
    return np.linalg.eigvalsh(hessian)[-1]
