def numerical_gradient(f, w, eps=1e-6):
    return np.full(w.shape, (f(w + eps) - f(w - eps)) / (2 * eps))
