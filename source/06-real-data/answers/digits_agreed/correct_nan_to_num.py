def digits_agreed(a, b):
    with np.errstate(all="ignore"):
        scale = np.abs(b) + (b == 0)
        digits = -np.log10(np.abs(a / scale - b / scale))
    return np.nan_to_num(digits, nan=0.0, posinf=15.0, neginf=0.0).clip(0, 15)
