def design_matrix(x):
    return np.concatenate([np.ones(len(x)), x])
