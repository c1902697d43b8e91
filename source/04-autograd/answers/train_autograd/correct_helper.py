def train_autograd(X, Y, lr, epochs, rng):
    def loss_of(W, b):
        return ((Tensor(X) @ W + b - Y) ** 2.0).mean()

    b = Tensor(np.ones(Y.shape[1]))
    W = Tensor(0.1 * rng.uniform(-1, 1, (X.shape[1], Y.shape[1])))
    history = ()
    for epoch in range(epochs):
        loss = loss_of(W, b)
        loss.backward()
        history += (loss.data.item(),)
        W, b = (Tensor(t.data - lr * t.grad) for t in (W, b))
    return W, b, history
