def sweep(X, y, learning_rates, n_epochs):
    found = {str(rate): train(X, y, rate, n_epochs)["loss"] for rate in learning_rates}
    return {**found, **{rate: found[str(rate)] for rate in learning_rates}}
