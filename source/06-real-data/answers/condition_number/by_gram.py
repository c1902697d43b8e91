def condition_number(X):
    values = np.linalg.eigvalsh(2 / len(X) * X.T @ X)
    return values[-1] / values[0]
