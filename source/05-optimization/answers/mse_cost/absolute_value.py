def mse_cost(X, y, theta):
    return np.mean(np.abs(X @ theta - y))
