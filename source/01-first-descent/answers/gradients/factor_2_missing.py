def gradients(X, y, w, b):
    error = w * X + b - y
    return np.mean(error * X), np.mean(error)
