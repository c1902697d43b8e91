def numerical_gradient(f, w, eps=1e-6):
    gradient = np.zeros_like(w)
    here = f(w)
    for index in np.ndindex(w.shape):
        up = w.copy()
        up[index] += eps
        gradient[index] = (f(up) - here) / eps
    return gradient
