def stop_at(losses, tol=1e-6, patience=10):
    with np.errstate(invalid='ignore'):
        small = ~(-np.diff(losses) >= tol)
    if len(small) < patience:
        return None
    windows = np.lib.stride_tricks.sliding_window_view(small, patience).all(axis=1)
    return int(np.argmax(windows)) + patience + 1 if windows.any() else None
