def mse_gradient(X_b, y, w):
    y -= X_b @ w
    return -2 / len(y) * X_b.T @ y
