def fit_closed_form(X_b, y):
    U, s, Vt = np.linalg.svd(X_b, full_matrices=False)
    keep = s > 1e-10 * s[0]
    coordinates = (U.T @ y)[keep] / s[keep]
    return Vt[keep].T @ coordinates
