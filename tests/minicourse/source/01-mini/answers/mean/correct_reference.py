def mean(values):
    return total(values) / len(values) if values else float("nan")
