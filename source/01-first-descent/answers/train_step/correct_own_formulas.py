def train_step(x, t, slope, intercept, eta):
    r = t - slope * x - intercept
    n = x.size
    return (slope + 2 * eta / n * (r @ x), intercept + 2 * eta / n * r.sum(), r @ r / n)
