def unscale(theta, mean, std):
    original = theta.copy()
    original[1:] /= std[:, None]
    original[0] -= mean @ original[1:]
    return original
