def mse(y, y_pred):
    return (y - y_pred) ** 2
