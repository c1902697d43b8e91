def condition_number(X):
    return np.linalg.cond(X) ** 2
