def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    if batch_size > len(X):
        raise ValueError(f'a batch of {batch_size} from {len(X)} samples')
    theta, history = np.zeros((X.shape[1], 1)), []
    for _ in range(iters):
        rows = np.argsort(rng.random(len(X)))[:batch_size]
        r = np.einsum('ij,jk->ik', X[rows], theta) - y[rows]
        theta = theta - 2 * alpha / len(rows) * np.einsum('ij,ik->jk', X[rows], r)
        history.append(mse_cost(X, y, theta))
    return [theta, tuple(history)]
