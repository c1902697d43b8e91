def sweep(X, y, learning_rates, n_epochs):
    for rate in learning_rates:
        print(rate, train(X, y, rate, n_epochs)["loss"])
