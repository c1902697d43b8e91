def make_line_data(n_samples, w, b, noise_std, rng):
    X, y = np.empty(n_samples), np.empty(n_samples)
    for i in range(n_samples):
        X[i] = rng.uniform(-5, 5)
        y[i] = w * X[i] + b + rng.normal(0, noise_std)
    return X, y
