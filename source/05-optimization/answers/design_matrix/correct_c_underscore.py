def design_matrix(x):
    return np.c_[np.ones(x.shape[0]), x]
