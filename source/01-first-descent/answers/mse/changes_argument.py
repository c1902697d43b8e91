def mse(y, y_pred):
    y -= y_pred
    return np.mean(y ** 2)
