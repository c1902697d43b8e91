def mse(y, y_pred):
    total = 0.0
    for actual, guess in zip(y, y_pred):
        total += (guess - actual) ** 2
    return total / len(y)
