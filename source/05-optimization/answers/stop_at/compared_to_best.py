def stop_at(losses, tol=1e-6, patience=10):
    waiting, best = 0, losses[0]
    for number, loss in enumerate(losses[1:], start=2):
        waiting = 0 if best - loss >= tol else waiting + 1
        best = min(best, loss)
        if waiting == patience:
            return number
    return None
