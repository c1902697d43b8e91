def loss_grid(X, y, theta0_values, theta1_values):
    a, b = X[:, :1], X[:, 1:]
    t0, t1 = theta0_values[:, None], theta1_values[None, :]
    return (
        np.mean(a * a) * t0**2 + np.mean(b * b) * t1**2 + 2 * np.mean(a * b) * t0 * t1
        - 2 * np.mean(a * y) * t0 - 2 * np.mean(b * y) * t1 + np.mean(y * y)
    )
