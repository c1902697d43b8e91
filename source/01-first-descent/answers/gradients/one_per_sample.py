def gradients(X, y, w, b):
    error = w * X + b - y
    return 2 * error * X, 2 * error
