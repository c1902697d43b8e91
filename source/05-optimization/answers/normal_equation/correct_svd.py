def normal_equation(X, y):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    inverse = np.array([1 / value if value > 1e-10 * s[0] else 0.0 for value in s])
    return Vt.T @ (inverse[:, None] * (U.T @ y))
