def r_squared(y_true, y_pred):
    e, c = y_true - y_pred, y_true - y_true.mean()
    return 1 - np.sum(e**2, axis=0, keepdims=True) / np.sum(c**2, axis=0)
