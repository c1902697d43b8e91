def mse_gradient_theta(X, y, theta):
    r = X @ theta - y
    return X.T @ r / len(y) / np.sqrt(np.mean(r**2))
