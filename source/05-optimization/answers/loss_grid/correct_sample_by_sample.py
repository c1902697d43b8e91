def loss_grid(X, y, theta0_values, theta1_values):
    total = np.zeros((len(theta0_values), len(theta1_values)))
    for (one, feature), target in zip(X, y[:, 0]):
        total += np.add.outer(one * theta0_values - target, feature * theta1_values) ** 2
    return total / len(X)
