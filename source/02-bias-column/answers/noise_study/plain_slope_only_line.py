def noise_study(noise_stds, rng):
    results = {}
    for std in noise_stds:
        x = rng.uniform(0, 10, 100)
        y = 3 * x + 2 + rng.normal(0, std, 100)
        slope = x @ y / (x @ x)
        results[std] = (slope, 0.0, np.mean((slope * x - y) ** 2))
    return results
