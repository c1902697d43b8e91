def train_step(X, y, w, b, learning_rate):
    dw, db = gradients(X, y, w, b)
    return w - learning_rate * dw, b - learning_rate * db
