def early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    theta = np.zeros((X.shape[1], 1))
    losses = [mse_cost(X, y, theta)]
    while len(losses) <= max_iters:
        theta = theta - alpha * mse_gradient_theta(X, y, theta)
        losses.append(mse_cost(X, y, theta))
        if stop_at(losses[-patience - 1 :], tol, patience):
            break
    return theta, losses[1:], len(losses) - 1
