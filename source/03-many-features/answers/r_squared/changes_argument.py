def r_squared(y_true, y_pred):
    y_pred -= y_true
    y_true -= y_true.mean()
    return 1 - np.sum(y_pred**2) / np.sum(y_true**2)
