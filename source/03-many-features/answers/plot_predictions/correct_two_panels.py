def plot_predictions(x_train, y_train, x_test, y_test, rng):
    model = Model(x_train.shape[1], rng)
    before = model.forward_pass(x_test)
    model.train(x_train, y_train, 500, 0.1)
    after = model.forward_pass(x_test)
    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for axis, guess, title in zip(axes, (before, after), ("untrained", "trained")):
        axis.scatter(y_test, guess, s=12)
        axis.plot([y_test.min(), y_test.max()], [y_test.min(), y_test.max()], "k--")
        axis.set(xlabel="truth", ylabel="prediction")
        axis.set_title(title)
    return figure
