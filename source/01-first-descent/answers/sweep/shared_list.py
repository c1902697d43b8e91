def sweep(X, y, learning_rates, n_epochs):
    found, losses = {}, []
    for rate in learning_rates:
        losses.extend(train(X, y, rate, n_epochs)["loss"])
        found[rate] = losses
    return found
