def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    return np.array([fit_gd(X_b, y, w0, learning_rate, n)[0] for n in epochs])
