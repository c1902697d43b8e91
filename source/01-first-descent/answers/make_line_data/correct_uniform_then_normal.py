def make_line_data(n_samples, w, b, noise_std, rng):
    X = rng.uniform(-5, 5, n_samples)
    y = w * X + b + rng.normal(0, noise_std, n_samples)
    return X, y
