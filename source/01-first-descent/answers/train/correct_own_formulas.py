def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    losses, ws, bs = [], [], []
    for epoch in range(1, n_epochs + 1):
        r = y - w * X - b
        losses.append(np.mean(r ** 2))
        w, b = w + learning_rate * 2 * np.mean(r * X), b + learning_rate * 2 * r.mean()
        ws += [w]
        bs += [b]
    return {"b": bs, "w": ws, "loss": losses, "epochs": n_epochs}
