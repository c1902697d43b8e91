def gradients(X, y, w, b):
    def loss(slope, intercept):
        return np.mean((y - slope * X - intercept) ** 2)
    h = 1e-3
    return (loss(w + h, b) - loss(w, b)) / h, (loss(w, b + h) - loss(w, b)) / h
