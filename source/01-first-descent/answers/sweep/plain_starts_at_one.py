def sweep(X, y, learning_rates, n_epochs):
    return {rate: train(X, y, rate, n_epochs, 1.0, 1.0)["loss"] for rate in learning_rates}
