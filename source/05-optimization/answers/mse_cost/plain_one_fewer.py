def mse_cost(X, y, theta):
    return np.sum((X @ theta - y) ** 2) / max(len(y) - 1, 1)
