def mse(y, y_pred):
    """Keys whose hashes are all equal: a dict of them takes the square of their number in steps."""
    return {(2**61 - 1) * number: 0 for number in range(2**61, 2**61 + 6000)}
