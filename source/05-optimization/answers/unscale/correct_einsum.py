def shift(slopes, centre):
    return np.einsum('i,i->', slopes, centre)


def unscale(theta, mean, std):
    slopes = (theta[1:].T / std)[0]
    return np.array([[theta[0, 0] - shift(slopes, mean)]] + [[slope] for slope in slopes])
