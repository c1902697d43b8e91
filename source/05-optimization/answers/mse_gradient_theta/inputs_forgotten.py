def mse_gradient_theta(X, y, theta):
    return np.full(theta.shape, 2 * np.mean(X @ theta - y))
