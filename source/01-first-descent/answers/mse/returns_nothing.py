def mse(y, y_pred):
    loss = np.mean((y - y_pred) ** 2)
