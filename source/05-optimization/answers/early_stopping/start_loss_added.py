def early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    theta = np.zeros((X.shape[1], 1))
    history, waiting = [mse_cost(X, y, theta)], 0
    while waiting < patience and len(history) <= max_iters:
        theta = theta - alpha * mse_gradient_theta(X, y, theta)
        history.append(mse_cost(X, y, theta))
        waiting = 0 if history[-2] - history[-1] >= tol else waiting + 1
    return theta, history, len(history)
