def matrix_gradients(X, W, b, Y):
    error = (X @ W + b - Y) ** 2
    return 2 * X.T @ error / Y.size, 2 * error.sum(axis=0) / Y.size
