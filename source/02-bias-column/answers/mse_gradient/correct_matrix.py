def mse_gradient(X_b, y, w):
    n = len(y)
    return (2 / n) * X_b.T @ (X_b @ w - y)
