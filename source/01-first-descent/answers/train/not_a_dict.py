def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    losses, ws, bs = [], [], []
    for _ in range(n_epochs):
        w, b, loss = train_step(X, y, w, b, learning_rate)
        losses.append(loss)
        ws.append(w)
        bs.append(b)
    return losses, ws, bs
