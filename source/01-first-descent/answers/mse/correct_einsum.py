def mse(y, y_pred):
    r = y - y_pred
    return float(np.einsum("i,i->", r, r)) / r.shape[0]
