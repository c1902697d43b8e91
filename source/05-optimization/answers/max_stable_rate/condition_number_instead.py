def max_stable_rate(X):
    return np.linalg.cond(X) ** 2
