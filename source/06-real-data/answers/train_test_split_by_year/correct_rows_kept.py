def train_test_split_by_year(X, y, years, first_test_year):
    sides = ([], [])
    for row, target, year in zip(X, y, years):
        sides[int(year >= first_test_year)].append((row, target))
    (X_train, y_train), (X_test, y_test) = [
        (np.array([r for r, _ in side]), np.array([t for _, t in side])) for side in sides
    ]
    m, s = X_train.mean(0), X_train.std(0)
    s[s < 1e-10] = 1.0
    return (X_train - m) / s, (X_test - m) / s, y_train, y_test
