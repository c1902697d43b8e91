def fit_gd(X_b, y, w0, learning_rate, n_epochs):
    w = w0.copy()
    losses = []
    for _ in range(n_epochs):
        losses.append(np.mean((X_b @ w - y) ** 2))
        last = w
        w = w - learning_rate * mse_gradient(X_b, y, w)
    return last, losses
