def sweep(X, y, learning_rates, n_epochs):
    found = {}
    w, b = 0.0, 0.0
    for rate in learning_rates:
        history = train(X, y, rate, n_epochs, w, b)
        w, b = history["w"][-1], history["b"][-1]
        found[rate] = history["loss"]
    return found
