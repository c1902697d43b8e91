def mse_cost(X, y, theta):
    y -= X @ theta
    return np.mean(y**2)
