def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    if batch_size > len(X):
        raise ValueError(f'a batch of {batch_size} from {len(X)} samples')
    theta, history = np.zeros((X.shape[1], 1)), []
    for _ in range(iters):
        order = rng.permutation(len(X))
        X[:], y[:] = X[order], y[order]
        theta = theta - alpha * mse_gradient_theta(X[:batch_size], y[:batch_size], theta)
        history.append(mse_cost(X, y, theta))
    return theta, history
