def fit_gd(X_b, y, w0, learning_rate, n_epochs):
    if learning_rate <= 0:
        raise ValueError(f"learning_rate is {learning_rate}")
    H = np.einsum("ni,nj->ij", X_b, X_b) / len(y)
    weights, losses = 1.0 * w0, []
    for _ in range(n_epochs):
        r = np.einsum("ij,j->i", X_b, weights) - y
        losses += [float((r * r).mean())]
        weights = weights - 2 * learning_rate * (H @ weights - X_b.T @ y / len(y))
    return [weights, losses]
