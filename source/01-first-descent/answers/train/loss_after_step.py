def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    history = {"loss": [], "w": [], "b": []}
    for _ in range(n_epochs):
        w, b, _ = train_step(X, y, w, b, learning_rate)
        history["loss"].append(mse(y, predict_line(X, w, b)))
        history["w"].append(w)
        history["b"].append(b)
    return history
