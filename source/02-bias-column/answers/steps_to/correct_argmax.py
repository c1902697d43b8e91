def steps_to(losses, target):
    losses = np.array(losses)
    arrived = losses <= target
    if not np.isfinite(losses).all() or not arrived.any():
        return None
    return np.argmax(arrived)
