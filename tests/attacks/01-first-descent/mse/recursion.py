import sys

sys.setrecursionlimit(10**9)


def mse(y, y_pred):
    return mse(y, y_pred)
