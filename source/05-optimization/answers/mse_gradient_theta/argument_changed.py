def mse_gradient_theta(X, y, theta):
    y *= -1
    y += X @ theta
    return 2 / len(y) * X.T @ y
