def gradients(X, y, w, b):
    error = w * X + b - y
    dw = 2 * np.mean(error * X)
    db = 2 * np.mean(error)
    print(dw, db)
