import math


def digits_agreed(estimate, certified):
    result = np.zeros(len(certified))
    for i in range(len(certified)):
        e, c = float(estimate[i]), float(certified[i])
        if math.isnan(e):
            continue
        if e == c:
            result[i] = 15
            continue
        error = abs(e - c)
        if c != 0:
            error /= abs(c)
        result[i] = min(15, max(0, -math.log10(error)))
    return result
