def condition_number(X):
    R = np.linalg.qr(X, mode="r")  # R has the singular values of X
    s = np.linalg.svd(R)[1]
    return float(s.max() / s.min()) ** 2
