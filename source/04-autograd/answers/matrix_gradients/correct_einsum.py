def matrix_gradients(X, W, b, Y):
    slope = (2 / Y.size) * (X @ W + b - Y)
    return np.einsum("ni,no->io", X, slope), np.einsum("no->o", slope)
