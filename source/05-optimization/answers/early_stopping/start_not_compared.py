def early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    theta, history = np.zeros((X.shape[1], 1)), []
    waiting, last = 0, np.inf
    while waiting < patience and len(history) < max_iters:
        theta = theta - alpha * mse_gradient_theta(X, y, theta)
        history.append(mse_cost(X, y, theta))
        waiting = 0 if last - history[-1] >= tol else waiting + 1
        last = history[-1]
    return theta, history, len(history)
