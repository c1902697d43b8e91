def unscale(theta, mean, std):
    slopes = theta[1:, 0] / std
    intercept = theta[0, 0] - slopes @ mean
