def steps_to(losses, target):
    for index, loss in enumerate(losses):
        if not np.isfinite(loss):
            return None
        if loss <= target:
            return index
    return None
