def numerical_gradient(f, w, eps=1e-6):
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        w[index] += eps
        above = f(w)
        w[index] -= 2 * eps
        below = f(w)
        w[index] += eps
        gradient[index] = (above - below) / (2 * eps)
    return gradient
