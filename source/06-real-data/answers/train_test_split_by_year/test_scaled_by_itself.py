def train_test_split_by_year(X, y, years, first_test_year):
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    test = X[~train]
    Z_test = (test - test.mean(axis=0)) / np.where(flat, 1.0, test.std(axis=0))
    return Z[train], Z_test, y[train], y[~train]
