def plot_predictions(x_train, y_train, x_test, y_test, rng):
    model = Model(x_train.shape[1], rng)
    before = model.forward_pass(x_train)
    model.train(x_train, y_train, 500, 0.1)
    after = model.forward_pass(x_train)
    figure, axes = plt.subplots(1, 2, figsize=(9, 4))
    for axis, guess, title in zip(axes, (before, after), ("untrained", "trained")):
        axis.scatter(y_train, guess, s=12)
        axis.plot([y_train.min(), y_train.max()], [y_train.min(), y_train.max()], "k--")
        axis.set(xlabel="truth", ylabel="prediction")
        axis.set_title(title)
    return figure
