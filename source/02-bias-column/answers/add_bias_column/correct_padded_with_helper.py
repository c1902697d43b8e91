def as_table(a):
    """(n,) becomes (n, 1); a table stays as it is."""
    return a[:, np.newaxis] if a.ndim == 1 else a


def add_bias_column(features):
    return np.pad(as_table(features), ((0, 0), (0, 1)), constant_values=1.0)
