def mse_gradient_theta(X, y, theta):
    n, d = X.shape
    gradient = np.zeros((d, 1))
    for i in range(n):
        residual = -y[i, 0]
        for j in range(d):
            residual += X[i, j] * theta[j, 0]
        for j in range(d):
            gradient[j, 0] += 2 * residual * X[i, j] / n
    return gradient
