def stop_at(losses, tol=1e-6, patience=10):
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        better = abs(improvement) >= tol
        waiting = 0 if better else waiting + 1
        if waiting == patience:
            return number
    return None
