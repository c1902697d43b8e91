def one_level(level, rng, n=100):
    x = rng.uniform(high=10, size=n)
    y = 3 * x + 2 + level * rng.normal(size=n)
    A = np.vstack([x, np.ones(n)]).T
    (a, b), *_ = np.linalg.lstsq(A, y, rcond=None)
    return [float(a), float(b), float(np.mean((y - a * x - b) ** 2))]


def noise_study(levels, generator):
    return {level: one_level(level, generator) for level in levels}
