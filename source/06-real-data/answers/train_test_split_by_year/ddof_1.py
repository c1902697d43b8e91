def train_test_split_by_year(X, y, years, first_test_year):
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0, ddof=1)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], Z[~train], y[train], y[~train]
