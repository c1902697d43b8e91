def train_step(X, y, w, b, learning_rate):
    loss = mse(y, predict_line(X, w, b))
    dw, db = gradients(X, y, w, b)
    return w - dw, b - db, loss
