def early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    theta = np.zeros((X.shape[1], 1))
    losses = [mse_cost(X, y, theta)]
    stale = 0
    for _ in range(max_iters):
        theta = theta - alpha * mse_gradient_theta(X, y, theta)
        losses.append(mse_cost(X, y, theta))
        if losses[-2] - losses[-1] >= tol:
            stale = 0
        else:
            stale += 1
        if stale == patience:
            break
    return theta, losses[1:], len(losses) - 1
