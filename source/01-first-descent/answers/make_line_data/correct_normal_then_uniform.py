def make_line_data(n_samples, w, b, noise_std, rng):
    noise = noise_std * rng.standard_normal(n_samples)
    X = 10 * rng.random(n_samples) - 5
    return X, w * X + b + noise
