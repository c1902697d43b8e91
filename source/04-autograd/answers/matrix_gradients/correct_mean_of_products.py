def matrix_gradients(X, W, b, Y):
    error = X @ W + b - Y
    outputs = Y.shape[1]
    dW = 2 / outputs * (X[:, :, None] * error[:, None, :]).mean(axis=0)
    return [dW, 2 / outputs * error.mean(axis=0)]
