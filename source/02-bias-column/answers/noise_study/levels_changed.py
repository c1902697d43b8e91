def noise_study(noise_stds, rng):
    results = {}
    while noise_stds:
        std = noise_stds.pop(0)
        x = rng.uniform(0, 10, 100)
        X_b = add_bias_column(x)
        y = 3 * x + 2 + rng.normal(0, std, 100)
        w = fit_closed_form(X_b, y)
        results[std] = (w[0], w[1], np.mean((X_b @ w - y) ** 2))
    return results
