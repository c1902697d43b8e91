def train_test_split_by_year(X, y, years, first_test_year):
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = (X - mean) / std
    return Z[train], Z[~train], y[train], y[~train]
