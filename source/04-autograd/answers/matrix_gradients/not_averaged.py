def matrix_gradients(X, W, b, Y):
    error = X @ W + b - Y
    return 2 * X.T @ error, 2 * error.sum(axis=0)
