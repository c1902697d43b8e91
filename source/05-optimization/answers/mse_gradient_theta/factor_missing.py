def mse_gradient_theta(X, y, theta):
    return X.T @ (X @ theta - y) / len(y)
