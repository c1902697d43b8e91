def matrix_gradients(X, W, b, Y):
    Y -= X @ W + b
    return -2 * X.T @ Y / Y.size, -2 * Y.sum(axis=0) / Y.size
