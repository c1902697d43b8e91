def mse_cost(X, y, theta):
    return np.mean((X @ theta) ** 2)
