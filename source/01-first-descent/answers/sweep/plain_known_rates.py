def sweep(X, y, learning_rates, n_epochs):
    return {rate: train(X, y, rate, n_epochs)["loss"] for rate in (0.001, 0.01, 0.1, 0.12, 0.5)}
