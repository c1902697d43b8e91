def plot_training(history, X, y, true_w, true_b):
    return plt.figure()
