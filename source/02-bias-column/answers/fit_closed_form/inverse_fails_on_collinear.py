def fit_closed_form(X_b, y):
    return np.linalg.inv(X_b.T @ X_b) @ X_b.T @ y
