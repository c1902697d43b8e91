def sweep(X, y, learning_rates, n_epochs):
    found = {}
    for rate in learning_rates:
        w, b, losses = 0.0, 0.0, []
        for _ in range(n_epochs):
            pairs = list(zip(X.tolist(), y.tolist()))
            losses.append(sum((t - w * x - b) ** 2 for x, t in pairs) / len(pairs))
            dw, db = (float(slope) for slope in gradients(X, y, w, b))
            w, b = w - rate * dw, b - rate * db
        found[rate] = losses
    return found
