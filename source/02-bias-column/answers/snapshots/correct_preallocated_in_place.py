def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    w = np.array(w0)
    table = np.zeros((len(epochs), w.size))
    done = 0
    for k, epoch in enumerate(epochs):
        while done < epoch:
            w -= learning_rate * mse_gradient(X_b, y, w)
            done += 1
        table[k] = w
    return table
