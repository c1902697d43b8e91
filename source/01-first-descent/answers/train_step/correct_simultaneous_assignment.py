def train_step(X, y, w, b, learning_rate):
    before = (w, b)
    w, b = (p - learning_rate * g for p, g in zip(before, gradients(X, y, *before)))
    return w, b, mse(y, predict_line(X, *before))
