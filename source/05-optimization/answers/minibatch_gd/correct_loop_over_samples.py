def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    if batch_size > len(X):
        raise ValueError(f'a batch of {batch_size} from {len(X)} samples')
    d = X.shape[1]
    theta, history = np.zeros((d, 1)), []
    for _ in range(iters):
        left = list(range(len(X)))
        total = np.zeros((d, 1))
        for _ in range(batch_size):
            i = left.pop(int(rng.integers(len(left))))
            total += 2 * X[i][:, None] * (X[i] @ theta - y[i])
        theta = theta - alpha * total / batch_size
        history.append(mse_cost(X, y, theta))
    return theta, history
