def predict_line(X, w, b):
    X = np.asarray(X, dtype=float)
    if X.ndim != 1:
        raise ValueError("X must have one axis")
    return np.add(np.multiply(w, X), b)
