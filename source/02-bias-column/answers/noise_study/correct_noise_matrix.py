def noise_study(noise_stds, rng):
    k, n = len(noise_stds), 100
    noise = rng.standard_normal((k, n)) * np.reshape(noise_stds, (k, 1))
    x = 10 * rng.random((k, n))
    y = 3 * x + 2 + noise
    dx, dy = x - x.mean(axis=1, keepdims=True), y - y.mean(axis=1, keepdims=True)
    slope = np.einsum("kn,kn->k", dx, dy) / np.einsum("kn,kn->k", dx, dx)
    intercept = y.mean(axis=1) - slope * x.mean(axis=1)
    mse = np.mean((slope[:, None] * x + intercept[:, None] - y) ** 2, axis=1)
    return dict(zip(noise_stds, zip(slope, intercept, mse)))
