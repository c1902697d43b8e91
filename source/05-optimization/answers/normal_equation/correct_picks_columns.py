def normal_equation(X, y):
    # leave out every column that the ones before it make up, and give it the parameter 0
    kept = []
    for j in range(X.shape[1]):
        if np.linalg.matrix_rank(X[:, kept + [j]]) == len(kept) + 1:
            kept.append(j)
    theta = np.zeros((X.shape[1], 1))
    A = X[:, kept]
    theta[kept] = np.linalg.solve(A.T @ A, A.T @ y)
    return theta
