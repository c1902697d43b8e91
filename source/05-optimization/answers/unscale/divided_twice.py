def unscale(theta, mean, std):
    slopes = theta[1:, 0] / std**2
    return np.append(theta[0, 0] - slopes @ mean, slopes).reshape(-1, 1)
