def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    history = {"loss": [], "w": [], "b": []}
    for _ in range(n_epochs):
        history["loss"].append(mse(y, predict_line(X, w, b)))
        w = w - learning_rate * gradients(X, y, w, b)[0]
        b = b - learning_rate * gradients(X, y, w, b)[1]
        history["w"].append(w)
        history["b"].append(b)
    return history
