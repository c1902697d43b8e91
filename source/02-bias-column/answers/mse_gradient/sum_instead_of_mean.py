def mse_gradient(X_b, y, w):
    return 2 * X_b.T @ (X_b @ w - y)
