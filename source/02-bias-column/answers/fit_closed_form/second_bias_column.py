def fit_closed_form(X_b, y):
    return np.linalg.pinv(add_bias_column(X_b)) @ y
