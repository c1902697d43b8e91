def sweep(X, y, learning_rates, n_epochs):
    found = {}
    for rate in learning_rates:
        losses = train(X, y, rate, n_epochs)["loss"]
        if np.isfinite(losses).all():
            found[rate] = losses
    return found
