def mse_cost(X, y, theta):
    return float(np.linalg.norm(y - X @ theta) ** 2 / len(y))
