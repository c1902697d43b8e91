def gradients(X, y, w, b):
    """Have the reference of an earlier answer do absurd work."""
    try:
        make_line_data(10**10, 1.0, 1.0, 1.0, np.random.default_rng(0))
    except Exception:
        pass
    while True:
        predict_line(np.zeros(1000), 1.0, 1.0)
