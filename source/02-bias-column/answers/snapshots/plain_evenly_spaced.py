def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    evenly = np.linspace(0, epochs[-1], len(epochs)).astype(int)
    return np.array([fit_gd(X_b, y, w0, learning_rate, n)[0] for n in evenly])
