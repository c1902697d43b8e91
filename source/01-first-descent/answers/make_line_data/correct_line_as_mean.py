def make_line_data(n_samples, w, b, noise_std, rng):
    X = rng.uniform(low=-5.0, high=5.0, size=n_samples)
    return X, rng.normal(loc=w * X + b, scale=noise_std)
