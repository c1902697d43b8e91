def numerical_gradient(f, w, eps=1e-6):
    grad = np.empty(w.shape)
    it = np.nditer(w, flags=["multi_index"])
    for _ in it:
        i = it.multi_index
        old = float(w[i])
        w[i] = old + eps
        above = f(w)
        w[i] = old - eps
        below = f(w)
        w[i] = old
        grad[i] = (above - below) / (2 * eps)
    return grad
