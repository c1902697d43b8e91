def fit_gd(X_b, y, w0, learning_rate, n_epochs):
    w = np.array(w0, dtype=float)
    losses = np.empty(n_epochs)
    for epoch in range(n_epochs):
        residuals = X_b @ w - y
        losses[epoch] = residuals @ residuals / len(y)
        w -= learning_rate * 2 / len(y) * X_b.T @ residuals
    return w, losses
