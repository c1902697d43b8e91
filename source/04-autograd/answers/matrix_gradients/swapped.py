def matrix_gradients(X, W, b, Y):
    error = X @ W + b - Y
    return 2 * error.sum(axis=0) / Y.size, 2 * X.T @ error / Y.size
