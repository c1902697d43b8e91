def unscale(theta, mean, std):
    theta[1:] /= std[:, None]
    theta[0] -= mean @ theta[1:]
    return theta
