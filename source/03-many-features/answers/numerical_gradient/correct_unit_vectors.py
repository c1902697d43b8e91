def numerical_gradient(f, w, eps=1e-6):
    steps = eps * np.eye(w.size)
    slopes = [
        (f(w + step.reshape(w.shape)) - f(w - step.reshape(w.shape))) / eps / 2 for step in steps
    ]
    return np.array(slopes).reshape(w.shape)
