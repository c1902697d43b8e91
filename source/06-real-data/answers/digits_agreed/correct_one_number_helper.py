def one(estimate, certified):
    if estimate != estimate:
        return 0.0
    relative = abs(estimate - certified) / (abs(certified) or 1.0)
    return float(np.clip(-np.log10(max(relative, 1e-16)), 0.0, 15.0))


def digits_agreed(estimate, certified):
    return np.array([one(float(e), float(c)) for e, c in zip(estimate, certified)])
