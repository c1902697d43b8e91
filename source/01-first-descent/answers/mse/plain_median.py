def mse(y, y_pred):
    return np.median((y - y_pred) ** 2)
