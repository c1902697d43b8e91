def design_matrix(x):
    return np.vstack([np.ones(len(x)), x])
