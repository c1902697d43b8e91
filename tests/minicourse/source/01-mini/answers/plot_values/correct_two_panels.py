def plot_values(values):
    figure, panels = plt.subplots(1, 2)
    for panel in panels:
        panel.plot(values)
        panel.set(xlabel="i", ylabel="v")
    return figure
