def mse(y, y_pred):
    residual = y_pred - y
    return residual @ residual / residual.size
