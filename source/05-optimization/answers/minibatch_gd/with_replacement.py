def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    if batch_size > len(X):
        raise ValueError(f'a batch of {batch_size} from {len(X)} samples')
    theta, history = np.zeros((X.shape[1], 1)), []
    for _ in range(iters):
        rows = rng.integers(len(X), size=batch_size) if batch_size < len(X) else np.arange(len(X))
        theta = theta - alpha * mse_gradient_theta(X[rows], y[rows], theta)
        history.append(mse_cost(X, y, theta))
    return theta, history
