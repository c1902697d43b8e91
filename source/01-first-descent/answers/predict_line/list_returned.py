def predict_line(X, w, b):
    return [w * x + b for x in X]
