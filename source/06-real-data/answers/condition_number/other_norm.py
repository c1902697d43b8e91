def condition_number(X):
    return (np.linalg.norm(X) * np.linalg.norm(np.linalg.pinv(X))) ** 2
