def momentum_gd(X, y, iters):
    n, d = X.shape
    curvatures = 2 / n * np.linalg.svd(X, compute_uv=False) ** 2
    steep, flat = np.sqrt(curvatures[0]), np.sqrt(curvatures[-1])
    step = 4 / (steep + flat) ** 2
    keep = ((steep - flat) / (steep + flat)) ** 2
    theta, velocity, history = np.zeros(d), np.zeros(d), []
    for _ in range(iters):
        gradient = 2 / n * X.T @ (X @ theta - y)
        velocity = keep * velocity - (1 - keep) * step * gradient
        theta = theta + velocity
        history.append(np.mean((X @ theta - y) ** 2))
    return theta, history
