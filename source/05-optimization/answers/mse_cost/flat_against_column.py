def mse_cost(X, y, theta):
    return np.mean(((X @ theta).ravel() - y) ** 2)
