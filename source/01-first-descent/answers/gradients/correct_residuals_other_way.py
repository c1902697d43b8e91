def gradients(X, y, w, b):
    n = len(X)
    r = y - (w * X + b)
    return -2 / n * np.sum(X * r), -2 / n * r.sum()
