def capstone(X_train, y_train, X_test, y_test):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A, B = ((X - mean) / std for X in (X_train, X_test))
    n = len(A)
    rate = n / (2 * np.linalg.norm(A, 2) ** 2)
    theta, before, quiet, steps = np.zeros(A.shape[1]), np.inf, 0, 0
    while quiet < 10 and steps < 20_000:
        theta = theta - rate * 2 / n * A.T @ (A @ theta - y_train)
        steps += 1
        loss = np.mean((A @ theta - y_train) ** 2)
        quiet = quiet + 1 if not before - loss >= 1e-6 * loss else 0
        before = loss
    best = np.linalg.lstsq(A, y_train - y_train.mean(), rcond=None)[0]
    return {
        "rate": rate,
        "stopped_at": steps,
        "test_mse": np.mean((B @ theta - y_test) ** 2),
        "mean_mse": np.mean((np.mean(y_train) - y_test) ** 2),
        "lstsq_mse": np.mean((B @ best + y_train.mean() - y_test) ** 2),
    }
