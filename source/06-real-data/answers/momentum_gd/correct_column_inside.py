def momentum_gd(X, y, iters):
    target, theta = y.reshape(-1, 1), np.zeros((X.shape[1], 1))
    velocity, history = 0, []
    root_L, root_m = np.linalg.norm(X, 2), np.linalg.norm(X, -2)  # the 2/n cancels in beta
    beta = ((root_L - root_m) / (root_L + root_m)) ** 2
    alpha = 4 / ((root_L + root_m) ** 2 * 2 / len(y))
    for _ in range(iters):
        velocity = beta * velocity - alpha * (2 / len(y)) * (X.T @ (X @ theta - target))
        theta = theta + velocity
        history.append(float(((X @ theta - target) ** 2).mean()))
    return theta.ravel(), history
