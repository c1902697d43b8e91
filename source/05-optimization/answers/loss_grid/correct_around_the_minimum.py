def curvature(A):
    return A.T @ A / len(A)


def loss_grid(X, y, theta0_values, theta1_values):
    best = normal_equation(X, y)
    H = curvature(X)
    u = theta0_values - best[0, 0]
    v = theta1_values - best[1, 0]
    bowl = H[0, 0] * np.square(u)[:, None] + 2 * H[0, 1] * np.outer(u, v) + H[1, 1] * np.square(v)
    return bowl + mse_cost(X, y, best)
