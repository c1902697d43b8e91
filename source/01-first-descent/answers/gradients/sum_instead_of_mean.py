def gradients(X, y, w, b):
    error = w * X + b - y
    return 2 * np.sum(error * X), 2 * np.sum(error)
