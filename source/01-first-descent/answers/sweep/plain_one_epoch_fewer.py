def sweep(X, y, learning_rates, n_epochs):
    return {rate: train(X, y, rate, n_epochs)["loss"][1:] for rate in learning_rates}
