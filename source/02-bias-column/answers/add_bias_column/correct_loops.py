def add_bias_column(X):
    rows = []
    for sample in X:
        row = [float(v) for v in np.atleast_1d(sample)]
        row.append(1.0)
        rows.append(row)
    return np.array(rows)
