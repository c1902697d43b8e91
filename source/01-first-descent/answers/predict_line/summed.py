def predict_line(X, w, b):
    return np.sum(w * X + b)
