def iterations_needed(kappa, accuracy):
    kappa = np.sqrt(kappa)
    shrink = (kappa - 1) / (kappa + 1)
    return int(np.ceil(np.log(accuracy) / np.log(shrink)))
