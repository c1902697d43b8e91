def gradients(X, y, w, b):
    error = y - (w * X + b)
    return 2 * np.mean(error * X), 2 * np.mean(error)
