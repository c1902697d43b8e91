def train_step(X, y, w, b, learning_rate):
    dw, db = gradients(X, y, w, b)
    w = w - learning_rate * dw
    b = b - learning_rate * db
    return w, b, mse(y, predict_line(X, w, b))
