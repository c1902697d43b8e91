def iterations_needed(kappa, accuracy):
    shrink = (kappa - 1) / (kappa + 1)
    return int(np.ceil(np.log(accuracy) / np.log(shrink)))
