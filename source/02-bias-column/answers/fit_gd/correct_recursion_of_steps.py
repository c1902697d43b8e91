def one_step(A, t, v, rate):
    return v - rate * mse_gradient(A, t, v), float(np.mean(np.square(A @ v - t)))


def fit_gd(A, t, start, rate, count):
    v, history = start, ()
    while len(history) < count:
        v, cost = one_step(A, t, v, rate)
        history += (cost,)
    return [v + 0.0, history][0], history
