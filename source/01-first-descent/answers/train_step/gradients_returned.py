def train_step(X, y, w, b, learning_rate):
    loss = mse(y, predict_line(X, w, b))
    dw, db = gradients(X, y, w, b)
    return learning_rate * dw, learning_rate * db, loss
