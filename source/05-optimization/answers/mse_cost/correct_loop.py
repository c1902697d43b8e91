def mse_cost(X, y, theta):
    total = 0.0
    for row, target in zip(X, y):
        guess = sum(row[j] * theta[j, 0] for j in range(len(row)))
        total += (guess - target[0]) ** 2
    return total / X.shape[0]
