def train_test_split_by_year(X, y, years, first_test_year):
    train = [i for i in range(len(years)) if years[i] < first_test_year]
    test = [i for i in range(len(years)) if not years[i] < first_test_year]
    Z = np.zeros(X.shape)
    for j in range(X.shape[1]):
        column = X[train, j]
        if max(column) - min(column) > 0:
            Z[:, j] = (X[:, j] - np.mean(column)) / np.std(column)
    return Z[train], Z[test], y[train], y[test]
