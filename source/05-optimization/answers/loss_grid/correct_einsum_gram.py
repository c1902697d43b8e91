def loss_grid(X, y, theta0_values, theta1_values):
    n = len(X)
    A = np.column_stack([X, y])
    gram = np.einsum('ij,ik->jk', A, A) / n
    T0, T1 = np.meshgrid(theta0_values, theta1_values, indexing='ij')
    weights = (T0, T1, -1.0)
    grid = np.zeros(T0.shape)
    for j in range(3):
        for k in range(3):
            grid += gram[j, k] * weights[j] * weights[k]
    return grid
