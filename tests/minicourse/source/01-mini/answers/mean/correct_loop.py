def mean(numbers):
    if len(numbers) < 1:
        return np.nan
    result = 0.0
    for number in numbers:
        result += number / len(numbers)
    return result
