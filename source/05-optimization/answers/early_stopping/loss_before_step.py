def early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    theta, history, waiting = np.zeros((X.shape[1], 1)), [], 0
    while waiting < patience and len(history) < max_iters:
        before = mse_cost(X, y, theta)
        history.append(before)
        theta = theta - alpha * mse_gradient_theta(X, y, theta)
        waiting = 0 if before - mse_cost(X, y, theta) >= tol else waiting + 1
    return theta, history, len(history)
