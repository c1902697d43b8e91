def make_line_data(n_samples, w, b, noise_std, rng):
    xs, ys = [], []
    while len(xs) < n_samples:
        x = -5 + rng.random() * 10
        xs.append(x)
        ys.append(rng.normal(w * x + b, noise_std))
    return [np.array(xs), np.array(ys)]
