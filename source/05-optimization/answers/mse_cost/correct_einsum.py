def mse_cost(X, y, theta):
    r = np.einsum('ij,jk->ik', X, theta) - y
    return np.einsum('ij,ij->', r, r) / r.size
