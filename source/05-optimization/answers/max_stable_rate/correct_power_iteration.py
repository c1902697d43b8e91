def steepest(A):
    direction = np.ones(A.shape[1]) + 0.1 * np.arange(A.shape[1])
    for _ in range(20000):
        direction = A @ direction
        direction /= np.linalg.norm(direction)
    return direction @ A @ direction


def max_stable_rate(X):
    return 2 / steepest(2 * np.einsum('ij,ik->jk', X, X) / len(X))
