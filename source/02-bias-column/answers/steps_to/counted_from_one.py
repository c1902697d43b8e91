def steps_to(losses, target):
    if not np.all(np.isfinite(losses)):
        return None
    steps = 0
    for loss in losses:
        steps += 1
        if loss <= target:
            return steps
    return None
