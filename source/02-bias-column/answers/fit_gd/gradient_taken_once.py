def fit_gd(X_b, y, w0, learning_rate, n_epochs):
    gradient = mse_gradient(X_b, y, w0)
    w = w0.copy()
    losses = []
    for _ in range(n_epochs):
        losses.append(np.mean((X_b @ w - y) ** 2))
        w = w - learning_rate * gradient
    return w, losses
