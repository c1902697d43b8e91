def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    path = [w0]
    for _ in range(epochs[-1]):
        path.append(path[-1] - learning_rate * mse_gradient(X_b, y, path[-1]))
    return np.array(path)[list(epochs)]
