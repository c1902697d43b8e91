def mse_gradient_theta(X, y, theta):
    return np.mean((X @ theta - y) ** 2)
