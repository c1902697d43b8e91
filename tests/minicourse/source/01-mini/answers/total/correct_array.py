def total(numbers):
    return np.sum(np.asarray(numbers, dtype=float))
