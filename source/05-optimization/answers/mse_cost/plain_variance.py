def mse_cost(X, y, theta):
    return np.var(X @ theta - y)
