def mse_gradient_theta(X, y, theta):
    return 2 * X.mean(axis=0).reshape(-1, 1) * np.mean(X @ theta - y)
