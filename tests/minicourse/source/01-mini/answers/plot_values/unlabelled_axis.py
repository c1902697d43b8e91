def plot_values(values):
    figure, axes = plt.subplots()
    axes.plot(values)
    axes.set(xlabel="index")
    return figure
