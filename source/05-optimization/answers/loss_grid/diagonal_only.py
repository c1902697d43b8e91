def loss_grid(X, y, theta0_values, theta1_values):
    thetas = np.stack([theta0_values, theta1_values])
    return np.mean((X @ thetas - y) ** 2, axis=0)
