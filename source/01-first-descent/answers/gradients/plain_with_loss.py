def gradients(X, y, w, b):
    error = w * X + b - y
    return 2 * np.mean(error * X), 2 * np.mean(error), np.mean(error ** 2)
