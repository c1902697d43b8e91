def numerical_gradient(f, w, eps=1e-6):
    eps = 1e-6
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = eps
        gradient[index] = (f(w + step) - f(w - step)) / (2 * eps)
    return gradient
