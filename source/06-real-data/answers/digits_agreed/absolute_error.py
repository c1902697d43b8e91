def digits_agreed(estimate, certified):
    error = np.abs(estimate - certified)
    size = 1.0
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15))
