def fit_closed_form(X_b, y):
    kept = []
    for j in range(X_b.shape[1]):
        if np.linalg.matrix_rank(X_b[:, [*kept, j]]) == len(kept) + 1:
            kept.append(j)
    w = np.zeros(X_b.shape[1])
    w[kept] = np.linalg.lstsq(X_b[:, kept], y, rcond=None)[0]
    return w
