def mse(y, y_pred):
    return float(np.average(np.square(np.subtract(y, y_pred))))
