def mse(y, y_pred):
    return np.array(np.mean((y - y_pred) ** 2))
