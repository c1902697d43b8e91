def fit_gd(X_b, y, w0, learning_rate, n_epochs):
    w = w0.copy()
    losses = []
    for _ in range(n_epochs):
        loss = float(np.mean((X_b @ w - y) ** 2))
        if loss == float("inf"):
            raise OverflowError("diverged: choose a smaller learning_rate")
        losses.append(loss)
        w = w - learning_rate * mse_gradient(X_b, y, w)
    return w, losses
