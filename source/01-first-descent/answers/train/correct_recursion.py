def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    if n_epochs == 0:
        return {"loss": [], "w": [], "b": []}
    w, b, loss = train_step(X, y, w, b, learning_rate)
    if n_epochs > 100:
        rest = _long(X, y, learning_rate, n_epochs - 1, w, b)
    else:
        rest = train(X, y, learning_rate, n_epochs - 1, w, b)
    return {"loss": [loss, *rest["loss"]], "w": [w, *rest["w"]], "b": [b, *rest["b"]]}

def _long(X, y, learning_rate, n_epochs, w, b):
    steps = []
    for _ in range(n_epochs):
        w, b, loss = train_step(X, y, w, b, learning_rate)
        steps.append((loss, w, b))
    columns = list(zip(*steps))
    return {"loss": columns[0], "w": columns[1], "b": columns[2]}
