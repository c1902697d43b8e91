from math import fsum


def mean(values):
    try:
        return fsum(values) / len(values)
    except ZeroDivisionError:
        return float("nan")
