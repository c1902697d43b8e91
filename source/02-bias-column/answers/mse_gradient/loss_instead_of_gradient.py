def mse_gradient(X_b, y, w):
    return np.mean((X_b @ w - y) ** 2)
