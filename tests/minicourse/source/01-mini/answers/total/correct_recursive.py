def total(values):
    values = list(values)
    if not values:
        return 0.0
    return float(values[0]) + total(values[1:])
