def steps_to(losses, target):
    if not np.all(np.isfinite(losses)):
        return None
    best = int(np.argmin(losses))
    return best if losses[best] <= target else None
