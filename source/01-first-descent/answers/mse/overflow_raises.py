def mse(y, y_pred):
    pairs = zip(y.tolist(), y_pred.tolist())
    return sum((a - p) ** 2 for a, p in pairs) / len(y)
