def steps_to(losses, target):
    run = np.asarray(losses, dtype=float)
    below = np.flatnonzero(run <= target)
    diverged = np.isnan(run).any() or np.isinf(run).any()
    return int(below[0]) if below.size and not diverged else None
