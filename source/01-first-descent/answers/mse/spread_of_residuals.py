def mse(y, y_pred):
    return np.var(y - y_pred)
