def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    if batch_size > len(X):
        raise ValueError(f'a batch of {batch_size} from {len(X)} samples')
    theta, history = np.zeros((X.shape[1], 1)), []
    order = rng.permutation(len(X))
    for k in range(iters):
        start = k * batch_size % len(X)
        rows = order[start : start + batch_size]
        theta = theta - alpha * mse_gradient_theta(X[rows], y[rows], theta)
        history.append(mse_cost(X, y, theta))
    return theta, history
