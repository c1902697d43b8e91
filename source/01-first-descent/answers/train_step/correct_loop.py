def train_step(X, y, w, b, learning_rate):
    dw = db = loss = 0.0
    for x, target in zip(X, y):
        error = w * x + b - target
        loss += error * error / len(X)
        dw += 2 * x * error / len(X)
        db += 2 * error / len(X)
    w -= learning_rate * dw
    b -= learning_rate * db
    return [w, b, loss]
