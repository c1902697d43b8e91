def mse(y, y_pred):
    return np.mean(np.abs(y - y_pred))
