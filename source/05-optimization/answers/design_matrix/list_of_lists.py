def design_matrix(x):
    return [[1.0, float(value)] for value in x]
