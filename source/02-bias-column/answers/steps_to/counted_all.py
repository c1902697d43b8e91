def steps_to(losses, target):
    if not np.all(np.isfinite(losses)):
        return None
    count = sum(loss <= target for loss in losses)
    return count if count else None
