def mse_gradient_theta(X, y, theta):
    return 2 / X.shape[1] * X.T @ (X @ theta - y)
