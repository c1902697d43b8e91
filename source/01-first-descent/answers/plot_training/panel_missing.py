def plot_training(history, X, y, true_w, true_b):
    fig, (left, right) = plt.subplots(1, 2, figsize=(12, 4))
    left.plot(history["loss"])
    left.set_xlabel("epoch")
    left.set_ylabel("loss")
    right.scatter(X, y, label="data")
    ends = np.array([X.min(), X.max()])
    right.plot(ends, true_w * ends + true_b, label="true line")
    right.plot(ends, history["w"][-1] * ends + history["b"][-1], label="learned line")
    right.set_xlabel("x")
    right.set_ylabel("y")
    right.legend()
    return fig
