def fit_closed_form(X_b, y):
    return np.linalg.lstsq(X_b, y, rcond=None)
