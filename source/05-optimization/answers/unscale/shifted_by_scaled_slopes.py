def unscale(theta, mean, std):
    slopes = theta[1:, 0] / std
    return np.append(theta[0, 0] - theta[1:, 0] @ mean, slopes).reshape(-1, 1)
