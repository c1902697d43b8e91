def predict_line(X, w, b):
    design = np.column_stack([X, np.ones_like(X)])
    return design @ np.array([w, b])
