def batch_gd(X, y, alpha, iters, theta0=None):
    w = np.zeros(X.shape[1]) if theta0 is None else theta0[:, 0]
    t = y[:, 0]
    losses = []
    for _ in range(iters):
        w = w - 2 * alpha / len(t) * np.einsum('ij,i->j', X, np.einsum('ij,j->i', X, w) - t)
        losses.append(float(np.mean((np.einsum('ij,j->i', X, w) - t) ** 2)))
    return w[:, None], losses
