def digits_agreed(estimate, certified):
    estimate -= certified
    error = np.abs(estimate)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15))
