def loss_grid(X, y, theta0_values, theta1_values):
    grid = np.empty((len(theta0_values), len(theta1_values)))
    for i, theta0 in enumerate(theta0_values):
        residuals = X[:, :1] * theta0 + X[:, 1:] * theta1_values - y
        grid[i] = np.mean(residuals**2, axis=0)
    return grid / 2
