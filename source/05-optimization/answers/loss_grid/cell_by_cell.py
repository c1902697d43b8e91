def loss_grid(X, y, theta0_values, theta1_values):
    grid = np.zeros((len(theta0_values), len(theta1_values)))
    for i, theta0 in enumerate(theta0_values):
        for j, theta1 in enumerate(theta1_values):
            grid[i, j] = mse_cost(X, y, np.array([[theta0], [theta1]]))
    return grid
