def steps_to(losses, target):
    if not np.all(np.isfinite(losses)):
        return None
    index = 0
    while losses:
        if losses.pop(0) <= target:
            return index
        index += 1
    return None
