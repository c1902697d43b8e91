def plot_training(history, X, y, true_w, true_b):
    fig, axs = plt.subplot_mosaic([["loss", "parameters"], ["data", "data"]])
    axs["loss"].plot(history["loss"])
    other = axs["parameters"].twinx()
    for ax, name, true in ((axs["parameters"], "w", true_w), (other, "b", true_b)):
        ax.plot(history[name])
        ax.plot(np.full(len(history[name]), true), "-.")
        ax.set_ylabel(name)
    axs["data"].scatter(x=X, y=y)
    grid = np.linspace(-5, 5)
    axs["data"].plot(grid, true_w * grid + true_b)
    axs["data"].plot(grid, predict_line(grid, history["w"][-1], history["b"][-1]))
    axs["loss"].set_ylabel("loss")
    axs["data"].set_xlabel("x"); axs["data"].set_ylabel("y")
    for name in ("loss", "parameters"):
        axs[name].set_xlabel("epoch")
    return fig
