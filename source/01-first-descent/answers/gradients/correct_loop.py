def gradients(X, y, w, b):
    dw = db = 0.0
    for x_i, y_i in zip(X, y):
        error = w * x_i + b - y_i
        dw += 2 * error * x_i
        db += 2 * error
    return [dw / len(X), db / len(X)]
