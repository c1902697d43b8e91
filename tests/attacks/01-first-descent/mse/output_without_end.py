def mse(y, y_pred):
    while True:
        print("x" * 100_000)
