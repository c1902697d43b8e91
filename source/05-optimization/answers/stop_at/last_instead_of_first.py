def stop_at(losses, tol=1e-6, patience=10):
    waiting, found = 0, None
    for number in range(2, len(losses) + 1):
        waiting = 0 if losses[number - 2] - losses[number - 1] >= tol else waiting + 1
        if waiting >= patience:
            found = number
    return found
