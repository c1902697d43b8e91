def mse_gradient(features, targets, weights):
    r = np.einsum("ij,j->i", features, weights) - targets
    return 2 * np.einsum("ij,i->j", features, r) / features.shape[0]
