def iterations_needed(kappa, accuracy):
    q = (kappa - 1) / (kappa + 1)
    high = 1
    while q**high > accuracy:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if q**middle <= accuracy:
            high = middle
        else:
            low = middle
    return high
