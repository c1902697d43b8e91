def stop_at(losses, tol=1e-6, patience=10):
    last_good = 0
    for index in range(1, len(losses)):
        if losses[index - 1] - losses[index] >= tol:
            last_good = index
        elif index - last_good == patience:
            return index + 1
