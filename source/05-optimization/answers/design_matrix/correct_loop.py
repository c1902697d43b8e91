def design_matrix(x):
    rows = []
    for value in x:
        rows.append([1.0, value])
    return np.array(rows)
