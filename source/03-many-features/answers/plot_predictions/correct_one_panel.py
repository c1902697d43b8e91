def plot_predictions(x_train, y_train, x_test, y_test, rng):
    model = Model(x_train.shape[1], rng)
    fig, ax = plt.subplots()
    ax.plot(y_test[:, 0], model.forward_pass(x_test)[:, 0], "o", label="untrained")
    model.train(x_train, y_train, 400, 0.2)
    ax.plot(y_test[:, 0], model.forward_pass(x_test)[:, 0], "x", label="trained")
    ax.axline((0, 0), slope=1, color="0.4", linestyle=":")
    ax.set_xlabel("true y")
    ax.set_ylabel("predicted y")
    ax.legend()
    return fig
