def r_squared(y_true, y_pred):
    return 1 - np.sum(np.abs(y_true - y_pred)) / np.sum(np.abs(y_true - y_true.mean()))
