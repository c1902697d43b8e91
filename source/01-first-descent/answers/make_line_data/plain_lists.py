def make_line_data(n_samples, w, b, noise_std, rng):
    X = [rng.uniform(-5, 5) for _ in range(n_samples)]
    return X, [w * x + b + rng.normal(0, noise_std) for x in X]
