def mse(y, y_pred):
    while True:
        pass
