def stop_at(losses, tol=1e-6, patience=10):
    waiting = 0
    for number in range(3, len(losses) + 1):
        waiting = 0 if losses[number - 3] - losses[number - 1] >= tol else waiting + 1
        if waiting == patience:
            return number
    return None
