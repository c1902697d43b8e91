def mse(y, y_pred):
    return np.sum((y - y_pred) ** 2)
