def mse_gradient_theta(X, y, theta):
    A = X.T @ X
    b = X.T @ y
    return 2 * (A @ theta - b) / len(X)
