def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    history = {"losses": [], "weights": [], "biases": []}
    for _ in range(n_epochs):
        w, b, loss = train_step(X, y, w, b, learning_rate)
        history["losses"].append(loss)
        history["weights"].append(w)
        history["biases"].append(b)
    return history
