def plot_predictions(x_train, y_train, x_test, y_test, rng):
    model = Model(x_train.shape[1], rng)
    fig, ax = plt.subplots()
    ax.scatter(y_test, model.forward_pass(x_test))
    ax.axline((0, 0), slope=1)
    ax.set(xlabel="truth", ylabel="prediction")
    return fig
