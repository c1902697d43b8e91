def residual_column(A, target, parameters):
    return target - A.dot(parameters)


def mse_cost(X, y, theta):
    r = residual_column(X, y, theta)
    return (r.T @ r).item() / len(r)
