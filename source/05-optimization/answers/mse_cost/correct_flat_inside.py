def mse_cost(X, y, theta):
    residuals = (X @ theta).ravel() - y.ravel()
    return residuals @ residuals / residuals.size
