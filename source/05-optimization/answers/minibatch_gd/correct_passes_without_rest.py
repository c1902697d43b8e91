def batches(n, size, rng):
    while True:
        order = np.arange(n)
        rng.shuffle(order)
        for start in range(0, n - size + 1, size):
            yield order[start : start + size]


def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    if batch_size > len(X):
        raise ValueError(f'a batch of {batch_size} from {len(X)} samples')
    theta, history = np.zeros((X.shape[1], 1)), []
    source = batches(len(y), batch_size, rng)
    for _ in range(iters):
        rows = next(source)
        theta = theta - alpha * mse_gradient_theta(X[rows], y[rows], theta)
        history.append(mse_cost(X, y, theta))
    return theta, history
