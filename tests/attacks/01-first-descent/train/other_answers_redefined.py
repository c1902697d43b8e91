def _always(*args, **kwargs):
    return 0.0


for name in ("make_line_data", "predict_line", "mse", "gradients", "train_step", "sweep", "plot_training"):
    globals()[name] = _always


def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    return {"loss": [], "w": [], "b": []}
