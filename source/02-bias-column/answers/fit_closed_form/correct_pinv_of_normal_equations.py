def fit_closed_form(X_b, y):
    A = np.einsum("ni,nj->ij", X_b, X_b)
    return np.linalg.pinv(A) @ X_b.T @ y
