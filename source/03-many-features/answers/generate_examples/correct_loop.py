def generate_examples(num, rng):
    rows, targets = [], []
    for _ in range(num):
        a, b = rng.normal(), rng.normal()
        rows.append([a, b])
        targets.append([1.0 * a - 3.0 * b + 1.0 + rng.normal()])
    return np.array(rows), np.array(targets)
