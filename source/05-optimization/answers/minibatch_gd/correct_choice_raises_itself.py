def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    theta, history = np.zeros((X.shape[1], 1)), []
    for _ in range(iters):
        rows = rng.choice(len(X), batch_size, replace=False)
        theta = theta - alpha * mse_gradient_theta(X[rows], y[rows], theta)
        history.append(mse_cost(X, y, theta))
    return theta, history
