def fit_closed_form(X_b, y):
    return -np.linalg.pinv(X_b) @ y
