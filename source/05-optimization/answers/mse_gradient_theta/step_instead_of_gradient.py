def mse_gradient_theta(X, y, theta):
    return theta - 0.01 * 2 / len(y) * X.T @ (X @ theta - y)
