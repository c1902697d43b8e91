def unscale(theta, mean, std):
    result = np.zeros((len(mean) + 1, 1))
    result[0, 0] = theta[0, 0]
    for j in range(len(mean)):
        result[j + 1, 0] = theta[j + 1, 0] / std[j]
        result[0, 0] -= theta[j + 1, 0] * mean[j] / std[j]
    return result
