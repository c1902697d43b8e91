def design_matrix(x):
    return np.column_stack([x, np.ones(len(x))])
