def mse_gradient(X_b, y, w):
    return (2 / len(y)) * X_b.T @ (X_b @ w - y) ** 2
