def total(values):
    result = 0.0
    for index in range(len(values) - 1):
        result += values[index]
    return result
