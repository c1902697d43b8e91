def mse_gradient(X_b, y, w):
    n, k = X_b.shape
    gradient = np.zeros(k)
    for i in range(n):
        prediction = 0.0
        for j in range(k):
            prediction += X_b[i, j] * w[j]
        for j in range(k):
            gradient[j] += 2 * (prediction - y[i]) * X_b[i, j] / n
    return gradient
