def mean(values):
    return total(values) / len(values)
