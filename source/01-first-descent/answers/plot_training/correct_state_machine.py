def plot_training(history, X, y, true_w, true_b):
    fig = plt.figure()
    plt.subplot(2, 2, 4)
    plt.title("Loss")
    plt.plot(np.arange(len(history["loss"])), history["loss"], "k-")
    plt.xlabel("epoch"); plt.ylabel("loss")
    plt.subplot(2, 2, 1)
    order = np.argsort(X)
    for w, b, style in ((true_w, true_b, "--"), (history["w"][-1], history["b"][-1], "-")):
        plt.plot(X[order], predict_line(X[order], w, b), style)
    for x_i, y_i in zip(X, y):
        plt.plot(x_i, y_i, "r.")
    plt.xlabel("x"); plt.ylabel("y")
    plt.subplot(2, 2, 2)
    n = len(history["w"])
    for name, true in (("w", true_w), ("b", true_b)):
        plt.plot(range(n), history[name], label=name)
        plt.plot([0, n - 1], [true, true], dashes=(4, 2))
    plt.xlabel("epoch"); plt.ylabel("value")
    return plt.gcf()
