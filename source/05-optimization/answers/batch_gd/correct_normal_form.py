def batch_gd(X, y, alpha, iters, theta0=None):
    A, b = X.T @ X / len(X), X.T @ y / len(X)
    theta = np.zeros((X.shape[1], 1)) if theta0 is None else theta0
    history = []
    for k in range(iters):
        theta = theta + 2 * alpha * (b - A @ theta)
        history += [np.mean((y - X @ theta) ** 2)]
    return theta, history
