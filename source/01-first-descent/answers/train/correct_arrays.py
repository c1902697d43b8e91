def train(X, y, eta, n, w=0.0, b=0.0):
    table = np.empty((3, n))
    for k in range(n):
        table[:2, k] = w, b = train_step(X, y, w, b, eta)[:2] if k < 0 else (w, b)
        w, b, table[2, k] = train_step(X, y, w, b, eta)
        table[:2, k] = w, b
    return dict(w=table[0], b=table[1], loss=table[2])
