def numerical_gradient(f, w, eps=1e-6):
    h = eps
    work = w.copy()
    flat = work.reshape(-1)
    out = []
    for k in range(flat.size):
        kept = flat[k]
        flat[k] = kept + h
        right = f(work)
        flat[k] = kept - h
        left = f(work)
        flat[k] = kept
        out.append((right - left) / (2 * h))
    return np.reshape(out, w.shape)
