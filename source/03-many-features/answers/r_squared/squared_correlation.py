def r_squared(y_true, y_pred):
    return np.corrcoef(y_true.ravel(), y_pred.ravel())[0, 1] ** 2
