def mse_gradient(X_b, y, w):
    return np.full(len(w), 2 * np.mean(X_b @ w - y))
