def mse(y, y_pred):
    return np.linalg.norm(y - y_pred) ** 2 / len(y)
