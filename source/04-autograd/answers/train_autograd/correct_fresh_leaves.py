def train_autograd(X, Y, lr, epochs, rng):
    W = rng.normal(size=(X.shape[1], Y.shape[1]))
    b = rng.normal(size=Y.shape[1])
    losses = []
    for _ in range(epochs):
        TW, Tb = Tensor(W), Tensor(b)
        error = Tensor(X) @ TW + Tb - Y
        loss = (error * error).mean()
        loss.backward()
        losses.append(loss.data)
        W, b = W - lr * TW.grad, b - lr * Tb.grad
    return W, b, losses
