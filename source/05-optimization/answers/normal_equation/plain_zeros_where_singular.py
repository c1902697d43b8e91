def normal_equation(X, y):
    try:
        return np.linalg.inv(X.T @ X) @ X.T @ X @ X.T @ y
    except np.linalg.LinAlgError:
        return np.full((X.shape[1], 1), np.nan)
