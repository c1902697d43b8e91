def capstone(X_train, y_train, X_test, y_test):
    centre, width = np.mean(X_train, 0), np.ptp(X_train, 0)
    Z = np.insert((X_train - centre) / width, 0, 1.0, axis=1)
    Z_test = np.insert((X_test - centre) / width, 0, 1.0, axis=1)
    c = np.linalg.eigvalsh(2 / len(Z) * Z.T @ Z)
    rate = 4 / (np.sqrt(c[-1]) + np.sqrt(c[0])) ** 2
    beta = ((np.sqrt(c[-1]) - np.sqrt(c[0])) / (np.sqrt(c[-1]) + np.sqrt(c[0]))) ** 2
    theta = last = np.zeros(Z.shape[1])
    for stopped_at in range(1, 10001):
        slope = 2 / len(Z) * Z.T @ (Z @ theta - y_train)
        theta, last = theta - rate * slope + beta * (theta - last), theta
        if np.abs(slope).max() < 1e-4:
            break
    w = np.linalg.pinv(Z) @ y_train

    def mse(guess):
        return float(np.mean((y_test - guess) ** 2))

    return dict(
        rate=float(rate),
        stopped_at=stopped_at,
        test_mse=mse(Z_test @ theta),
        mean_mse=mse(y_train.mean()),
        lstsq_mse=mse(Z_test @ w),
    )
