def mse_gradient(X_b, y, w):
    return X_b.T @ (X_b @ w - y) / len(y)
