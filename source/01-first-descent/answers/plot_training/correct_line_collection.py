def plot_training(history, X, y, true_w, true_b):
    fig, (left, middle, right) = plt.subplots(1, 3, figsize=(12, 4))
    left.plot(history["loss"])
    left.set_xlabel("epoch")
    left.set_ylabel("loss")
    middle.plot(history["w"], label="w")
    middle.plot(history["b"], label="b")
    from matplotlib.collections import LineCollection
    last = len(history["w"])
    levels = [[(0, value), (last, value)] for value in (true_w, true_b)]
    middle.add_collection(LineCollection(levels, linestyles=[(0, (5, 3))]))
    middle.set_xlabel("epoch")
    middle.set_ylabel("parameter")
    middle.legend()
    right.scatter(X, y, label="data")
    ends = np.array([X.min(), X.max()])
    right.plot(ends, true_w * ends + true_b, label="true line")
    right.plot(ends, history["w"][-1] * ends + history["b"][-1], label="learned line")
    right.set_xlabel("x")
    right.set_ylabel("y")
    right.legend()
    return fig
