def train_autograd(X, Y, lr, epochs, rng):
    W = Tensor(rng.standard_normal((X.shape[1], Y.shape[1])))
    b = Tensor(np.zeros(Y.shape[1]))
    losses = []
    for _ in range(epochs):
        loss = ((Tensor(X) @ W + b - Tensor(Y)) ** 2).mean()
        losses.append(float(loss.data))
        loss.backward()
        W, b = W - lr * W.grad, b - lr * b.grad
    return W, b, losses
