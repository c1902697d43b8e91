def steps_to(losses, target):
    if not np.all(np.isfinite(losses)):
        return None
    for loss in losses:
        if loss <= target:
            return loss
    return None
