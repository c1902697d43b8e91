def steps_to(losses, target):
    if not np.all(np.isfinite(losses)):
        return None
    found = next((i for i, loss in enumerate(losses) if loss <= target), None)
    return found or None
