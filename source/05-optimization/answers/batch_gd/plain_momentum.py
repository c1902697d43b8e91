def batch_gd(X, y, alpha, iters, theta0=None):
    theta = np.zeros((X.shape[1], 1)) if theta0 is None else theta0
    step, history = 0, []
    for _ in range(iters):
        step = 0.5 * step - alpha * mse_gradient_theta(X, y, theta)
        theta = theta + step
        history.append(mse_cost(X, y, theta))
    return theta, history
