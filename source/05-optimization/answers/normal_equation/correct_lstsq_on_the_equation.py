def normal_equation(X, y):
    solution, *_ = np.linalg.lstsq(X.T @ X, X.T @ y, rcond=1e-12)
    return solution
