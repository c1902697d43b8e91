def predict_line(X, w, b):
    print(w * X + b)
