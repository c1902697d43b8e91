def generate_examples(num, rng):
    noise = rng.normal(0.0, 1.0, size=num)
    features = rng.normal(size=(num, 2))
    target = features[:, 0] - 3 * features[:, 1] + 1 + noise
    return features, target.reshape(-1, 1)
