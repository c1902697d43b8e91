def r_squared(y_true, y_pred):
    a = np.linalg.norm(y_true - y_pred)
    b = np.linalg.norm(y_true - y_true.mean())
    return 1.0 - (a / b) ** 2
