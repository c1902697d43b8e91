def mse_gradient_theta(X, y, theta):
    return np.abs(2 / len(y) * X.T @ (X @ theta - y))
