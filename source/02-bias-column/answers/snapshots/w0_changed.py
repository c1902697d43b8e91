def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    w = w0
    rows = []
    for epoch in range(max(epochs) + 1):
        if epoch in epochs:
            rows.append(w.copy())
        w -= learning_rate * mse_gradient(X_b, y, w)
    return np.array(rows)
