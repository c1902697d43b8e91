def matrix_gradients(X, W, b, Y):
    error = X @ W + b - Y
    return X.T @ error / Y.size, error.sum(axis=0) / Y.size
