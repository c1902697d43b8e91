def gradients(X, y, w, b):
    error = w * X + b - y
    return 2 * np.mean(error) * np.mean(X), 2 * np.mean(error)
