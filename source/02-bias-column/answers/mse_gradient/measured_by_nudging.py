def mse_gradient(X_b, y, w):
    def loss(v):
        return np.mean((X_b @ v - y) ** 2)

    h = 1e-4
    return np.array([(loss(w + h * e) - loss(w - h * e)) / (2 * h) for e in np.eye(len(w))])
