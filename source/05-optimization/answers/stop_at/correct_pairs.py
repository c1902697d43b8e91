def stop_at(losses, tol=1e-6, patience=10):
    in_a_row = 0
    for place, (before, now) in enumerate(zip(losses[:-1], losses[1:]), start=2):
        if before - now >= tol:
            in_a_row = 0
            continue
        in_a_row += 1
        if in_a_row >= patience:
            return place
    return None
