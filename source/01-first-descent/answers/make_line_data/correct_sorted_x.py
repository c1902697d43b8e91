def make_line_data(n_samples, w, b, noise_std, rng):
    X = np.sort(rng.uniform(-5, 5, size=(n_samples,)))
    line = lambda x: x * w + b
    return X, line(X) - rng.normal(scale=noise_std, size=X.shape)
