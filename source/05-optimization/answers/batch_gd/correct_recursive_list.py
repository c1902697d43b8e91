def one_step(A, target, rate, parameters):
    return parameters - rate * mse_gradient_theta(A, target, parameters)


def batch_gd(X, y, alpha, iters, theta0=None):
    start = theta0 if theta0 is not None else np.zeros_like(X[:1].T)
    path = [start]
    while len(path) <= iters:
        path.append(one_step(X, y, alpha, path[-1]))
    return [path[-1], tuple(mse_cost(X, y, theta) for theta in path[1:])]
