def fit_gd(X_b, y, w0, learning_rate, n_epochs):
    n, k = X_b.shape
    w = [v for v in w0]
    losses = []
    for epoch in range(n_epochs):
        total = 0.0
        gradient = [0.0] * k
        for row, target in zip(X_b, y):
            residual = sum(a * b for a, b in zip(row, w)) - target
            total += residual * residual
            for j in range(k):
                gradient[j] += 2 * row[j] * residual / n
        losses.append(total / n)
        w = [w[j] - learning_rate * gradient[j] for j in range(k)]
    return np.array(w), losses
