def plot_training(history, X, y, true_w, true_b):
    figure, axes = plt.subplots(1, 3, figsize=(300, 300), dpi=1000)
    figure.canvas.draw()
    return figure
