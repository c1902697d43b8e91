def train_autograd(X, Y, lr, epochs, rng):
    W = Tensor(rng.standard_normal((X.shape[1], Y.shape[1])))
    b = Tensor(np.zeros(Y.shape[1]))
    losses = []
    for _ in range(epochs):
        error = Tensor(X) @ W - (Tensor(Y) - b)
        loss = (error**2).sum() * (1 / Y.size)
        loss.backward()
        for parameter in (W, b):
            parameter.data -= lr * parameter.grad
            parameter.zero_grad()
        losses.append(loss.data.item())
    return [W.data, b.data, np.array(losses)]
