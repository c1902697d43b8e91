def momentum_gd(X, y, iters):
    n, d = len(X), len(X[0])
    values = np.linalg.eigvals(X.T @ X * 2 / n).real
    big, small = max(values) ** 0.5, min(values) ** 0.5
    alpha, beta = 4 / (big + small) ** 2, ((big - small) / (big + small)) ** 2
    theta, velocity, history = [0.0] * d, [0.0] * d, []
    for _ in range(iters):
        errors = [float(row @ np.array(theta)) - target for row, target in zip(X, y)]
        for j in range(d):
            slope = 2 / n * sum(float(X[i, j]) * errors[i] for i in range(n))
            velocity[j] = beta * velocity[j] - alpha * slope
        theta = [t + v for t, v in zip(theta, velocity)]
        history.append(float(np.mean((X @ np.array(theta) - y) ** 2)))
    return np.array(theta), history
