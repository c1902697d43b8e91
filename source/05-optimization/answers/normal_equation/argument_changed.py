def normal_equation(X, y):
    y -= 0.0
    theta = np.linalg.lstsq(X, y, rcond=None)[0]
    y -= X @ theta
    return theta
