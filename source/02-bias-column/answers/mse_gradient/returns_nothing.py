def mse_gradient(X_b, y, w):
    gradient = 2 / len(y) * X_b.T @ (X_b @ w - y)
