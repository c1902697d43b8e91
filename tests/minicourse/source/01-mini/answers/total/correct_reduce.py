from functools import reduce

total = lambda values: reduce(lambda left, right: left + right, values, 0.0)
