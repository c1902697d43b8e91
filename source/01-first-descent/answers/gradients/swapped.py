def gradients(X, y, w, b):
    error = w * X + b - y
    return 2 * np.mean(error), 2 * np.mean(error * X)
