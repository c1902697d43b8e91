def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    if batch_size > len(X):
        raise ValueError(f'a batch of {batch_size} from {len(X)} samples')
    n = X.shape[0]
    theta, history = np.zeros((X.shape[1], 1)), []
    for _ in range(iters):
        rows = rng.permutation(n)[:batch_size]
        Xb, yb = X[rows], y[rows]
        theta = theta - alpha * 2 / batch_size * Xb.T @ (Xb @ theta - yb)
        history.append(np.mean((X @ theta - y) ** 2))
    return theta, np.array(history)
