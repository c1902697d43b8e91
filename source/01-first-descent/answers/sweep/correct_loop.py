def sweep(X, y, learning_rates, n_epochs):
    losses = {}
    for rate in learning_rates:
        losses[rate] = train(X, y, rate, n_epochs)["loss"]
    return losses
