def mse_gradient_theta(X, y, theta):
    return 2 / len(y) * X.T @ (X @ theta - y)
