def digits_agreed(estimate, certified):
    wrong = np.abs(estimate - certified)
    not_zero = certified != 0
    wrong[not_zero] /= np.abs(certified[not_zero])
    digits = np.full(wrong.shape, 15.0)
    bad = wrong > 1e-15
    digits[bad] = np.maximum(0, -np.log10(wrong[bad]))
    digits[np.isnan(estimate)] = 0
    return digits
