def steps_to(losses, target):
    if not np.all(np.isfinite(losses)) or losses[-1] > losses[0]:
        return None
    for index, loss in enumerate(losses):
        if loss <= target:
            return index
    return None
