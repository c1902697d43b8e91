def stop_at(losses, tol=1e-6, patience=10):
    number, waiting = 1, 0
    before = losses.pop(0)
    while losses:
        now = losses.pop(0)
        number += 1
        waiting = 0 if before - now >= tol else waiting + 1
        if waiting == patience:
            return number
        before = now
    return None
