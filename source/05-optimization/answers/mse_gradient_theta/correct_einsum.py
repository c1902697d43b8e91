def mse_gradient_theta(X, y, theta):
    return np.einsum('ij,ik->jk', X, X @ theta - y) * (2 / X.shape[0])
