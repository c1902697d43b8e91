def normal_equation(X, y):
    return X.T @ y
