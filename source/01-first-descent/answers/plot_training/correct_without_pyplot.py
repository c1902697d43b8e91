def plot_training(history, X, y, true_w, true_b):
    from matplotlib.figure import Figure
    figure = Figure(figsize=(5, 12), layout="constrained")
    data, parameters, loss = figure.subplots(3)
    data.plot(X, y, "o", alpha=0.5)
    data.axline((0, true_b), slope=true_w, color="C1")
    data.axline((0, history["b"][-1]), (1, history["w"][-1] + history["b"][-1]), color="C2", ls=":")
    data.set(xlabel="x", ylabel="y")
    epochs = range(1, len(history["loss"]) + 1)
    parameters.plot(epochs, history["w"], epochs, history["b"])
    parameters.hlines([true_w, true_b], 1, len(epochs), linestyles="dotted")
    parameters.set(xlabel="epoch", ylabel="w and b")
    loss.semilogy(epochs, history["loss"], marker=".")
    loss.set(xlabel="epoch", ylabel="mean squared error")
    return figure
