def mse_cost(X, y, theta):
    loss = np.mean((X @ theta - y) ** 2)
