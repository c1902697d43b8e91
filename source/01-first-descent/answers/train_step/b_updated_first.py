def train_step(X, y, w, b, learning_rate):
    loss = mse(y, predict_line(X, w, b))
    b = b - learning_rate * gradients(X, y, w, b)[1]
    w = w - learning_rate * gradients(X, y, w, b)[0]
    return w, b, loss
