def matrix_gradients(X, W, b, Y):
    error = Y - X @ W - b
    return 2 * X.T @ error / Y.size, 2 * error.sum(axis=0) / Y.size
