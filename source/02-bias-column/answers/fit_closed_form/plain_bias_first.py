def fit_closed_form(X_b, y):
    w = np.linalg.pinv(X_b) @ y
    return np.roll(w, 1)
