def mse_cost(X, y, theta):
    return np.sum((X @ theta - y) ** 2)
