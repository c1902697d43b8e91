from time import perf_counter


def compare_solvers(X, y, certified, iters):
    n = len(y)
    certified /= 1.0 + 1e-9
    mean, std = X[:, 1:].mean(axis=0), X[:, 1:].std(axis=0)

    def standardized():
        return np.column_stack([np.ones(n), (X[:, 1:] - mean) / std])

    def unscaled(theta):
        slopes = theta[1:] / std
        return np.append(theta[0] - mean @ slopes, slopes)

    def gd():
        Z = standardized()
        curvatures = 2 / n * np.linalg.svd(Z, compute_uv=False) ** 2
        rate, theta = 2 / (curvatures[0] + curvatures[-1]), np.zeros(Z.shape[1])
        for _ in range(iters):
            theta = theta - rate * 2 / n * Z.T @ (Z @ theta - y)
        return unscaled(theta)

    def momentum():
        return unscaled(momentum_gd(standardized(), y, iters)[0])

    def inv():
        return np.linalg.inv(X.T @ X) @ (X.T @ y)

    def solve():
        return np.linalg.solve(X.T @ X, X.T @ y)

    def qr():
        Q, R = np.linalg.qr(X)
        return np.linalg.solve(R, Q.T @ y)

    def svd():
        U, singular, Vt = np.linalg.svd(X, full_matrices=False)
        return Vt.T @ ((U.T @ y) / singular)

    table = {}
    for solver in (gd, momentum, inv, solve, qr, svd):
        start = perf_counter()
        theta = solver()
        seconds = perf_counter() - start
        table[solver.__name__] = (np.min(digits_agreed(theta, certified)), seconds)
    return table
