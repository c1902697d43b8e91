def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    w = w0.copy()
    rows = []
    for epoch in range(max(epochs) + 1):
        w = w - learning_rate * mse_gradient(X_b, y, w)
        if epoch in epochs:
            rows.append(w.copy())
    return np.array(rows)
