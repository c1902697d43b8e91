def scale_of(X):
    mean = X.mean(axis=0)
    std = X.std(axis=0)
    std = np.where(np.isclose(std, 0, atol=1e-12), 1, std)
    return mean, std


def train_test_split_by_year(X, y, years, first_test_year):
    is_test = years >= first_test_year
    X_train, X_test = np.copy(X[~is_test]), np.copy(X[is_test])
    mean, std = scale_of(X_train)
    return [*((part - mean) / std for part in (X_train, X_test)), y[~is_test], y[is_test]]
