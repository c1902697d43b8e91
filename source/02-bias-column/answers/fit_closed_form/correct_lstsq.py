def fit_closed_form(X_b, y):
    w, *_ = np.linalg.lstsq(X_b, y, rcond=None)
    return w
