def sweep(X, y, learning_rates, n_epochs):
    losses = {}
    for i, rate in enumerate(learning_rates):
        losses[i] = train(X, y, rate, n_epochs)["loss"]
    return losses
