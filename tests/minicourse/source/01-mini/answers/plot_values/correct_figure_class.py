from matplotlib.figure import Figure


def plot_values(values):
    figure = Figure()
    axes = figure.add_subplot()
    axes.plot(np.arange(len(values)), np.array(values))
    axes.set_xlabel("index")
    axes.set_ylabel("value")
    return figure
