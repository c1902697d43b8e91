def mse_gradient_theta(X, y, theta):
    return 2 * np.mean(X * (X @ theta - y), axis=0).reshape(-1, 1)
