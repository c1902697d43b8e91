import math


def iterations_needed(kappa, accuracy):
    return math.ceil(math.log10(accuracy) / math.log10((kappa - 1) / (kappa + 1)))
