def numerical_gradient(f, w, eps=1e-6):
    gradient = []
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = eps
        gradient.append((f(w + step) - f(w - step)) / (2 * eps))
    return np.array(gradient)
