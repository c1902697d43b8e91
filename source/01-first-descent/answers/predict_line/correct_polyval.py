def predict_line(X, w, b):
    return np.polyval([w, b], X)
