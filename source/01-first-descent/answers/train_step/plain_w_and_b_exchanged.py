def train_step(X, y, w, b, learning_rate):
    loss = mse(y, predict_line(X, w, b))
    dw, db = gradients(X, y, w, b)
    return b - learning_rate * db, w - learning_rate * dw, loss
