def plot_values(values):
    figure = plt.figure()
    plt.plot(range(len(values)), values, "o-")
    plt.xlabel("place")
    plt.ylabel("value")
    return figure
