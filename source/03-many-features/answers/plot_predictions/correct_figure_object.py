def plot_predictions(x_train, y_train, x_test, y_test, rng):
    from matplotlib.figure import Figure

    old = Model(x_train.shape[1], rng)
    new = Model(x_train.shape[1], rng)
    new.train(x_train, y_train, 1000, 0.1)
    figure = Figure(figsize=(4, 8))
    for k, model in enumerate((new, old), 1):
        axes = figure.add_subplot(2, 1, k)
        order = np.argsort(y_test, axis=0)[:, 0]
        axes.scatter(y_test[order], model.forward_pass(x_test)[order])
        low, high = float(y_test.min()), float(y_test.max())
        axes.plot(np.linspace(low, high, 20), np.linspace(low, high, 20))
        axes.set_xlabel("truth")
        axes.set_ylabel("model")
    return figure
