def train_test_split_by_year(X, y, years, first_test_year):
    early = np.flatnonzero(years < first_test_year)
    late = np.flatnonzero(years >= first_test_year)
    centre = np.mean(X[early], axis=0)
    spread = np.sqrt(np.mean((X[early] - centre) ** 2, axis=0))
    spread[np.ptp(X[early], axis=0) == 0] = np.inf  # a constant column becomes 0
    return (X[early] - centre) / spread, (X[late] - centre) / spread, y[early], y[late]
