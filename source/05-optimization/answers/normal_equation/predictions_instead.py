def normal_equation(X, y):
    return X @ np.linalg.lstsq(X, y, rcond=None)[0]
