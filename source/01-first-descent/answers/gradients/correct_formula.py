def gradients(X, y, w, b):
    error = predict_line(X, w, b) - y
    dw = 2 * np.mean(error * X)
    db = 2 * np.mean(error)
    return dw, db
