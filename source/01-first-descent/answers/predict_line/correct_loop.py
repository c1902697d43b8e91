def predict_line(X, w, b):
    y_pred = np.zeros(len(X))
    for i in range(len(X)):
        y_pred[i] = w * X[i] + b
    return y_pred
