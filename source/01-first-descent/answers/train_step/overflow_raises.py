def train_step(X, y, w, b, learning_rate):
    pairs = list(zip(X.tolist(), y.tolist()))
    errors = [w * x + b - target for x, target in pairs]
    loss = sum(e ** 2 for e in errors) / len(errors)
    dw = 2 * sum(e * x for e, (x, _) in zip(errors, pairs)) / len(errors)
    db = 2 * sum(errors) / len(errors)
    return w - learning_rate * dw, b - learning_rate * db, loss
