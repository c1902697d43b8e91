def generate_examples(num, rng):
    X = rng.standard_normal((2, num))
    y = (np.array([[1.0, -3.0]]) @ X).T + 1.0 + rng.standard_normal((num, 1))
    return X, y
