def matrix_gradients(X, W, b, Y):
    error = X @ W + b - Y
    dW, db = 2 * X.T @ error / Y.size, 2 * error.sum(axis=0) / Y.size
