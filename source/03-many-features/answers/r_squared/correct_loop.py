def r_squared(y_true, y_pred):
    truth, guess = list(np.ravel(y_true)), list(np.ravel(y_pred))
    middle = sum(truth) / len(truth)
    missed = sum((t - g) ** 2 for t, g in zip(truth, guess))
    spread = sum((t - middle) ** 2 for t in truth)
    return (spread - missed) / spread
