def plot_predictions(x_train, y_train, x_test, y_test, rng):
    def draw(axis, model, name):
        axis.scatter(y_test.ravel(), model.forward_pass(x_test).ravel(), label=name)
        axis.plot(y_test.ravel(), y_test.ravel(), color="black", label="perfect")
        axis.set(xlabel="y", ylabel="y hat", title=name)

    fig, (left, right) = plt.subplots(ncols=2, sharey=True)
    net = Model(2, rng)
    draw(left, net, "before")
    while True:
        start = net.W.copy()
        net.train(x_train, y_train, 50, 0.1)
        if np.abs(net.W - start).max() < 1e-9:
            break
    draw(right, net, "after")
    return fig
