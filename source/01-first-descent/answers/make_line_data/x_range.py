def make_line_data(n_samples, w, b, noise_std, rng):
    X = rng.uniform(0, 10, n_samples)
    return X, w * X + b + rng.normal(0, noise_std, n_samples)
