def fit_closed_form(X_b, y):
    k = X_b.shape[1]
    return np.linalg.solve(X_b.T @ X_b + 1e-3 * np.eye(k), X_b.T @ y)
