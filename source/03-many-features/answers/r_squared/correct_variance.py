def r_squared(y_true, y_pred):
    return float(1 - np.mean(np.square(y_pred - y_true)) / np.var(y_true))
