def losses_and_slopes(A, target, w):
    r = np.einsum('ij,j->i', A, w) - target
    return r @ r / len(target), 2 / len(target) * np.einsum('ij,i->j', A, r)


def early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    w, t = np.zeros(X.shape[1]), y[:, 0]
    before, slope = losses_and_slopes(X, t, w)
    history, last_good = [], 0
    while len(history) < max_iters and len(history) - last_good < patience:
        w = w - alpha * slope
        now, slope = losses_and_slopes(X, t, w)
        history.append(float(now))
        if before - now >= tol:
            last_good = len(history)
        before = now
    return [w.reshape(-1, 1), tuple(history), len(history)]
