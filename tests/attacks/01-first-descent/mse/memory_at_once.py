def mse(y, y_pred):
    return float(np.ones(50 * 2**27).sum())
