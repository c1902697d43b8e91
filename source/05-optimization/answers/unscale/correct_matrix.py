def unscale(theta, mean, std):
    d = len(mean)
    back = np.eye(d + 1)
    back[0, 1:] = -mean / std
    back[range(1, d + 1), range(1, d + 1)] = 1 / std
    return back @ theta
