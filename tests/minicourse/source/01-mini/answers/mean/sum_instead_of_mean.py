def mean(values):
    return total(values)
