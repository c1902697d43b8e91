def sweep(X, y, learning_rates, n_epochs):
    learning_rates.sort()
    return {rate: train(X, y, rate, n_epochs)["loss"] for rate in learning_rates}
