def iterations_needed(kappa, accuracy):
    steps = np.log(1 / accuracy) / -np.log1p(-2 / (kappa + 1))
    return np.int64(np.ceil(steps))
