def residual(X_b, y, w):
    return y - X_b.dot(w)


def mse_gradient(X_b, y, w):
    return -2 * residual(X_b, y, w) @ X_b / y.size
