def generate_examples(num, rng):
    X = np.random.randn(num, 2)
    return X, X @ np.array([[1.0], [-3.0]]) + 1.0 + np.random.randn(num, 1)
