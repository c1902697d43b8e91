def sweep(x, t, rates, epochs):
    eta = np.asarray(rates, dtype=float)
    w, b = np.zeros_like(eta), np.zeros_like(eta)
    table = []
    for _ in range(epochs):
        r = t[:, None] - x[:, None] * w - b
        table.append((r * r).mean(axis=0))
        w, b = w + 2 * eta * (x[:, None] * r).mean(axis=0), b + 2 * eta * r.mean(axis=0)
    table = np.array(table)
    return {rate: table[:, k] for k, rate in enumerate(rates)}
