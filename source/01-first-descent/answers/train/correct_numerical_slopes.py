def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    h = 1e-4
    history = {"loss": [], "w": [], "b": []}
    for _ in range(n_epochs):
        history["loss"].append(mse(y, predict_line(X, w, b)))
        dw = (mse(y, predict_line(X, w + h, b)) - mse(y, predict_line(X, w - h, b))) / (2 * h)
        db = (mse(y, predict_line(X, w, b + h)) - mse(y, predict_line(X, w, b - h))) / (2 * h)
        w, b = w - learning_rate * dw, b - learning_rate * db
        history["w"].append(w)
        history["b"].append(b)
    return history
