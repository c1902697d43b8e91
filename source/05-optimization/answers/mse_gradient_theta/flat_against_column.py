def mse_gradient_theta(X, y, theta):
    residuals = (X @ theta).ravel() - y
    return 2 / len(y) * X.T @ residuals
