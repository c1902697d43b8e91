def mse_gradient_theta(X, y, theta):
    2 / len(y) * X.T @ (X @ theta - y)
