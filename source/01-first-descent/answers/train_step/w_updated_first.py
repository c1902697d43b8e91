def train_step(X, y, w, b, learning_rate):
    loss = mse(y, predict_line(X, w, b))
    w = w - learning_rate * gradients(X, y, w, b)[0]
    b = b - learning_rate * gradients(X, y, w, b)[1]
    return w, b, loss
