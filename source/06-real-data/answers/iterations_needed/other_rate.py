def iterations_needed(kappa, accuracy):
    shrink = 1 - 1 / kappa
    return int(np.ceil(np.log(accuracy) / np.log(shrink)))
