def sweep(X, y, learning_rates, n_epochs):
    runs = map(lambda eta: train(X, y, eta, n_epochs, 0.0, 0.0), learning_rates)
    return dict(zip(learning_rates, (run["loss"] for run in runs)))
