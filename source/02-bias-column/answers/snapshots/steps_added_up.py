def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    w = w0.copy()
    rows = []
    for n in epochs:
        w, losses = fit_gd(X_b, y, w, learning_rate, n)
        rows.append(w)
    return np.array(rows)
