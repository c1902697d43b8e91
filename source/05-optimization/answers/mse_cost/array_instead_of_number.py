def mse_cost(X, y, theta):
    r = X @ theta - y
    return r.T @ r / len(y)
