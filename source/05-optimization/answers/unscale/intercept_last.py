def unscale(theta, mean, std):
    slopes = theta[1:, 0] / std
    return np.append(slopes, theta[0, 0] - slopes @ mean).reshape(-1, 1)
