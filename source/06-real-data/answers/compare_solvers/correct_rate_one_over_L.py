import timeit


def compare_solvers(X, y, certified, iters):
    m, s = np.mean(X[:, 1:], axis=0), np.std(X[:, 1:], axis=0)
    Z = np.insert((X[:, 1:] - m) / s, 0, 1, axis=1)
    answers, table = {}, {}

    def run(name, work):
        begin = timeit.default_timer()
        answers[name] = work()
        table[name] = timeit.default_timer() - begin

    def plain():
        theta, largest = np.zeros(Z.shape[1]), 2 / len(y) * np.linalg.svd(Z)[1][0] ** 2
        for _ in range(iters):
            theta = theta - 2 / len(y) / largest * Z.T.dot(Z.dot(theta) - y)
        return np.concatenate([[theta[0] - (theta[1:] / s).dot(m)], theta[1:] / s])

    def with_momentum():
        theta = momentum_gd(Z, y, iters)[0]
        return np.concatenate([[theta[0] - (theta[1:] / s).dot(m)], theta[1:] / s])

    def by_qr():
        q, r = np.linalg.qr(X)
        return np.linalg.lstsq(r, q.T @ y, rcond=None)[0]

    run("svd", lambda: np.linalg.pinv(X).dot(y))
    run("qr", by_qr)
    run("solve", lambda: np.linalg.solve(X.T.dot(X), X.T.dot(y)))
    run("inv", lambda: np.linalg.inv(X.T.dot(X)).dot(X.T.dot(y)))
    run("momentum", with_momentum)
    run("gd", plain)
    return {name: (digits_agreed(answers[name], certified).min(), table[name]) for name in answers}
