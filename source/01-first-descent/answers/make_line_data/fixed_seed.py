def make_line_data(n_samples, w, b, noise_std, rng):
    rng = np.random.default_rng(42)
    X = rng.uniform(-5, 5, n_samples)
    return X, w * X + b + rng.normal(0, noise_std, n_samples)
