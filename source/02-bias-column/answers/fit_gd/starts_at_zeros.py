def fit_gd(X_b, y, w0, learning_rate, n_epochs):
    w = np.zeros(X_b.shape[1])
    losses = []
    for _ in range(n_epochs):
        losses.append(np.mean((X_b @ w - y) ** 2))
        w = w - learning_rate * mse_gradient(X_b, y, w)
    return w, losses
