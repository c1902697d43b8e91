def total(values):
    result = 1.0
    for value in values:
        result *= value
    return result
