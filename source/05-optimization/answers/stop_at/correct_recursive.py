def stop_at(losses, tol=1e-6, patience=10):
    run = 0
    losses = iter(losses)
    before = next(losses)
    number = 1
    for now in losses:
        number += 1
        run = (run + 1) * (not (before - now >= tol))
        if run == patience:
            return np.int64(number)
        before = now
    return None
