calls = []


def mse(y, y_pred):
    calls.append(1)
    return (
        np.broadcast_to(np.zeros(1), (1 << 40,)),
        [0.0] * 20_000_000,
        "x" * 100_000_000,
        np.zeros(1 << 27),
        10**10_000,
        {number: number for number in range(1_000_000)},
    )[len(calls) % 6]
