def train_step(X, y, w, b, learning_rate):
    loss = mse(y, predict_line(X, w, b))
    dw, db = gradients(X, y, w, b)
    new_w = w - learning_rate * dw
    new_b = b - learning_rate * db
    return w, b, loss
