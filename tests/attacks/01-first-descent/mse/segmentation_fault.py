import ctypes


def mse(y, y_pred):
    return ctypes.string_at(8)
