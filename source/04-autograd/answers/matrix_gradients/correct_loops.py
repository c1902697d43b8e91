def matrix_gradients(X, W, b, Y):
    N, D_out = Y.shape
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for n in range(N):
        for o in range(D_out):
            wrong = sum(X[n, i] * W[i, o] for i in range(len(W))) + b[o] - Y[n, o]
            db[o] += 2 * wrong / (N * D_out)
            for i in range(len(W)):
                dW[i, o] += 2 * wrong * X[n, i] / (N * D_out)
    return dW, db
