def mse_gradient(X_b, y, w):
    residuals = (X_b * w).sum(axis=1) - y
    return 2 * np.mean(X_b * residuals[:, None], axis=0)
