def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    rows = []
    for n in epochs:
        w = w0.copy()
        for _ in range(1, n):
            w = w - learning_rate * mse_gradient(X_b, y, w)
        rows.append(w)
    return np.array(rows)
