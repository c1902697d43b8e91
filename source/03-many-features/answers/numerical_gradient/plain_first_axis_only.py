def numerical_gradient(f, w, eps=1e-6):
    gradient = np.zeros_like(w)
    for i in range(len(w)):
        step = np.zeros_like(w)
        step[i] = eps
        gradient[i] = (f(w + step) - f(w - step)) / (2 * eps)
    return gradient
