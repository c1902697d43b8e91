def generate_examples(num, rng):
    X = rng.standard_normal((num, 2))
    return X, X @ np.array([[-3.0], [1.0]]) + 1.0 + rng.standard_normal((num, 1))
