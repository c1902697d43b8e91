def mse(y, y_pred):
    return np.sqrt(np.mean((y - y_pred) ** 2))
