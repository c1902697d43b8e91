def batch_gd(X, y, alpha, iters, theta0=None):
    theta = np.zeros((X.shape[1], 1)) if theta0 is None else theta0
    history = []
    for _ in range(iters):
        theta -= alpha * mse_gradient_theta(X, y, theta)
        history.append(mse_cost(X, y, theta))
    return theta, history
