def mse_cost(X, y, theta):
    return np.sqrt(np.mean((X @ theta - y) ** 2))
