def fit_gd(X_b, y, w0, learning_rate, n_epochs):
    step = 0
    w = w0.copy()
    losses = []
    for _ in range(n_epochs):
        losses.append(np.mean((X_b @ w - y) ** 2))
        step = 0.5 * step - learning_rate * mse_gradient(X_b, y, w)
        w = w + step
    return w, losses
