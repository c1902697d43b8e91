def normal_equation(X, y):
    return batch_gd(X, y, 0.5 / np.linalg.norm(X, 2) ** 2 * len(X), 20)[0]
