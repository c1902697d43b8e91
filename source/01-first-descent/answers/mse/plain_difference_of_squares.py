def mse(y, y_pred):
    return np.mean(y ** 2 - y_pred ** 2)
