def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    if batch_size > len(X):
        raise ValueError(f'a batch of {batch_size} from {len(X)} samples')
    theta, history = np.zeros((X.shape[1], 1)), []
    for _ in range(iters):
        rows = rng.permutation(len(X))[:batch_size]
        for row in rows:
            theta = theta - alpha * mse_gradient_theta(X[row : row + 1], y[row : row + 1], theta)
        history.append(mse_cost(X, y, theta))
    return theta, history
