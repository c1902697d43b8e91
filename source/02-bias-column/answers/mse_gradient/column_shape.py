def mse_gradient(X_b, y, w):
    residuals = (X_b @ w - y).reshape(-1, 1)
    return (2 / len(y)) * X_b.T @ residuals
