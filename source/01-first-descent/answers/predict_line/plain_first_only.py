def predict_line(X, w, b):
    for x in X:
        return w * x + b * np.ones(1)
