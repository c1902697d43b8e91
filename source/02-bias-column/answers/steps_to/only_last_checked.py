def steps_to(losses, target):
    if not np.isfinite(losses[-1]):
        return None
    for index, loss in enumerate(losses):
        if loss <= target:
            return index
    return None
