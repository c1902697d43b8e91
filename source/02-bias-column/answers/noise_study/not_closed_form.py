def noise_study(noise_stds, rng):
    results = {}
    for std in noise_stds:
        x = rng.uniform(0, 10, 100)
        X_b = add_bias_column(x)
        y = 3 * x + 2 + rng.normal(0, std, 100)
        w, losses = fit_gd(X_b, y, np.zeros(2), 0.01, 200)
        mse = np.mean((X_b @ w - y) ** 2)
        results[std] = (w[0], w[1], mse)
    return results
