def train_autograd(X, Y, lr, epochs, rng):
    X -= X.mean(axis=0)
    W = Tensor(rng.standard_normal((X.shape[1], Y.shape[1])))
    b = Tensor(np.zeros(Y.shape[1]))
    losses = []
    for _ in range(epochs):
        loss = ((Tensor(X) @ W + b - Tensor(Y)) ** 2).mean()
        losses.append(float(loss.data))
        W.zero_grad()
        b.zero_grad()
        loss.backward()
        W.data = W.data - lr * W.grad
        b.data = b.data - lr * b.grad
    return W, b, losses
