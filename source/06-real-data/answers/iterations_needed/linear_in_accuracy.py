def iterations_needed(kappa, accuracy):
    return int(np.ceil(kappa / accuracy))
