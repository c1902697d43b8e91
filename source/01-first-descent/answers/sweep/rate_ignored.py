def sweep(X, y, learning_rates, n_epochs):
    return {rate: train(X, y, learning_rates[0], n_epochs)["loss"] for rate in learning_rates}
