def generate_examples(num, rng):
    X = rng.standard_normal((num, 2))
    noise = rng.standard_normal((num, 1))
    y = X @ np.array([[1.0], [-3.0]]) + 1.0 + noise
    return X, y
