def squared(r):
    return r * r

mse = lambda target, guess: squared(target - guess).mean()
