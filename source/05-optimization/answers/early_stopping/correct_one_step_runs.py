def early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    theta, history = np.zeros((X.shape[1], 1)), []
    before, waiting = mse_cost(X, y, theta), 0
    for number in range(1, max_iters + 1):
        theta, (now,) = batch_gd(X, y, alpha, 1, theta)
        history.append(now)
        waiting = waiting + 1 if not before - now >= tol else 0
        if waiting >= patience:
            break
        before = now
    return theta, np.array(history), number
