def noise_study(noise_stds, rng):
    x = rng.uniform(0, 10, 100)
    X_b = add_bias_column(x)
    results = {}
    for std in noise_stds:
        y = 3 * x + 2 + rng.normal(0, std, 100)
        w = fit_closed_form(X_b, y)
        mse = np.mean((X_b @ w - y) ** 2)
        results[std] = (w[0], w[1], mse)
    return results
