from collections import defaultdict

def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    record = defaultdict(list)
    epoch = 0
    while epoch < n_epochs:
        w, b, record_loss = train_step(X, y, w, b, learning_rate)
        for name, value in zip(("loss", "w", "b"), (record_loss, w, b)):
            record[name].append(value)
        epoch += 1
    return record
