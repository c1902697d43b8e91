def batch_gd(X, y, alpha, iters, theta0=None):
    n, d = X.shape
    theta = theta0
    if theta is None:
        theta = np.zeros((d, 1))
    history = np.empty(iters)
    for step in range(iters):
        theta = theta - alpha * (2 / n) * (X.T @ (X @ theta - y))
        history[step] = ((X @ theta - y) ** 2).sum() / n
    return theta, history
