def momentum_gd(X, y, iters):
    H = 2 * X.T @ X / len(X)
    g = 2 * X.T @ y / len(X)
    eigen = np.linalg.eigvalsh(H)
    L, m = eigen.max(), eigen.min()
    alpha = 4 / (np.sqrt(L) + np.sqrt(m)) ** 2
    beta = ((np.sqrt(L) - np.sqrt(m)) / (np.sqrt(L) + np.sqrt(m))) ** 2
    before = now = np.zeros(len(g))
    losses = np.empty(iters)
    for k in range(iters):
        before, now = now, now - alpha * (H @ now - g) + beta * (now - before)
        residual = X @ now - y
        losses[k] = residual @ residual / len(y)
    return now, losses
