def noise_study(noise_stds, rng):
    results = {}
    for std in noise_stds:
        points = []
        for _ in range(100):
            x = rng.uniform(0, 10)
            points.append((x, 3 * x + 2 + rng.normal(0, std)))
        table = np.array(points)
        X_b = add_bias_column(table[:, 0])
        slope, intercept = fit_closed_form(X_b, table[:, 1])
        total = 0.0
        for x, y in points:
            total += (slope * x + intercept - y) ** 2
        results[float(std)] = slope, intercept, total / len(points)
    return results
