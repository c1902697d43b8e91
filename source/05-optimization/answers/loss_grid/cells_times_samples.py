def loss_grid(X, y, theta0_values, theta1_values):
    T0, T1 = np.meshgrid(theta0_values, theta1_values, indexing='ij')
    thetas = np.stack([T0.ravel(), T1.ravel()])
    losses = np.mean((X @ thetas - y) ** 2, axis=0)
    return losses.reshape(T0.shape)
