def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    for _ in range(n_epochs):
        w, b, loss = train_step(X, y, w, b, learning_rate)
    return {"loss": loss, "w": w, "b": b}
