def unscale(theta, mean, std):
    slopes = theta[1:, 0] / std
    return np.append(theta[0, 0] - slopes[0] * mean[0], slopes).reshape(-1, 1)
