def mse_gradient_theta(X, y, theta):
    g = X.T @ (X @ theta - y)
    return g / np.linalg.norm(g)
