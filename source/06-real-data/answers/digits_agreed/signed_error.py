def digits_agreed(estimate, certified):
    error = estimate - certified
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(error / size)
    return np.where(np.isnan(digits), 0.0, np.clip(digits, 0, 15))
