def fit_closed_form(X_b, y):
    w = np.linalg.pinv(X_b) @ y
    print("w =", w)
