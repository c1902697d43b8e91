def generate_examples(num, rng):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((num, 2))
    return X
