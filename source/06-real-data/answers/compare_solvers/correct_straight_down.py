import time


def compare_solvers(X, y, certified, iters):
    result = {}
    features = X[:, 1:]
    mu, sigma = features.mean(0), features.std(0)
    Z = X.copy()
    Z[:, 1:] = (features - mu) / sigma
    H = Z.T @ Z * 2 / len(y)
    g = Z.T @ y * 2 / len(y)

    t0 = time.time()
    lam = np.linalg.eigvalsh(H)
    theta = np.zeros(len(g))
    for _ in range(iters):
        theta -= 2 / (lam[0] + lam[-1]) * (H @ theta - g)
    w = theta[1:] / sigma
    b = theta[0] - np.sum(w * mu)
    result["gd"] = (float(digits_agreed(np.r_[b, w], certified).min()), time.time() - t0)

    t0 = time.time()
    theta, _ = momentum_gd(Z, y, iters)
    w = theta[1:] / sigma
    b = theta[0] - np.sum(w * mu)
    result["momentum"] = (float(digits_agreed(np.r_[b, w], certified).min()), time.time() - t0)

    t0 = time.time()
    w = np.linalg.inv(X.T @ X) @ X.T @ y
    result["inv"] = (float(digits_agreed(w, certified).min()), time.time() - t0)

    t0 = time.time()
    w = np.linalg.solve(X.T @ X, X.T @ y)
    result["solve"] = (float(digits_agreed(w, certified).min()), time.time() - t0)

    t0 = time.time()
    Q, R = np.linalg.qr(X)
    w = np.linalg.inv(R) @ (Q.T @ y)
    result["qr"] = (float(digits_agreed(w, certified).min()), time.time() - t0)

    t0 = time.time()
    w = np.linalg.pinv(X) @ y
    result["svd"] = (float(digits_agreed(w, certified).min()), time.time() - t0)
    return result
