def unscale(theta, mean, std):
    return np.append(theta[0, 0] - theta[1:, 0] / std @ mean, theta[1:, 0]).reshape(-1, 1)
