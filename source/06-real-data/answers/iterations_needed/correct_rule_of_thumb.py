def iterations_needed(kappa, accuracy):
    # log((kappa - 1)/(kappa + 1)) is about -2/kappa
    return int(kappa / 2 * np.log(1 / accuracy)) + 1
