def design_matrix(x):
    return x.reshape(-1, 1)
