def generate_examples(num, rng):
    X = rng.standard_normal((num, 2))
    y = X @ np.array([[1.0], [-3.0]]) + 1.0 + rng.standard_normal((num, 1))
    print(X, y)
