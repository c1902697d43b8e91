def normal_equation(X, y):
    A, b = X.T @ X, X.T @ y
    return np.linalg.pinv(A, rcond=1e-12, hermitian=True).dot(b)
