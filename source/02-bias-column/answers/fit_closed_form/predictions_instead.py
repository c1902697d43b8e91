def fit_closed_form(X_b, y):
    return X_b @ np.linalg.pinv(X_b) @ y
