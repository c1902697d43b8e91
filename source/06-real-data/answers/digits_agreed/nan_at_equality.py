def digits_agreed(estimate, certified):
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    error[error == 0] = np.nan
    digits = -np.log10(error / size)
    return np.where(np.isnan(estimate), 0.0, np.clip(digits, 0, 15))
