def too_small(before, now, tol):
    return not before - now >= tol


def stop_at(losses, tol=1e-6, patience=10):
    flags = [too_small(a, b, tol) for a, b in zip(losses, losses[1:])]
    for end in range(patience, len(flags) + 1):
        if all(flags[end - patience : end]):
            return end + 1
    return None
