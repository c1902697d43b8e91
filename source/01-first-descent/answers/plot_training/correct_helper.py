def panel(ax, xlabel, ylabel, curves):
    for label, (x, values, style) in curves.items():
        ax.plot(x, values, style, label=label)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend()

def plot_training(history, X, y, true_w, true_b):
    epochs = np.arange(len(history["loss"]))
    flat = np.ones(len(epochs))
    fig, axes = plt.subplots(ncols=3)
    panel(axes[0], "epoch", "loss", {"loss": (epochs, history["loss"], "-")})
    panel(axes[1], "epoch", "w, b", {
        "w": (epochs, history["w"], "-"), "b": (epochs, history["b"], "-"),
        "true w": (epochs, true_w * flat, ":"), "true b": (epochs, true_b * flat, ":"),
    })
    panel(axes[2], "x", "y", {
        "data": (X, y, "."), "true": (X, true_w * X + true_b, "-"),
        "learned": (X, history["w"][-1] * X + history["b"][-1], "-"),
    })
    return fig
