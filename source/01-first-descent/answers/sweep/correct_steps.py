def sweep(X, y, learning_rates, n_epochs):
    from collections import defaultdict
    found = defaultdict(list)
    for rate in learning_rates:
        w, b = 0.0, 0.0
        for _ in range(n_epochs):
            w, b, loss = train_step(X, y, w, b, rate)
            found[rate].append(loss)
    return found
