calls = []


def mse(y, y_pred):
    calls.append(1)
    knot, deep, table = [], [], {}
    knot.append(knot)
    table["table"] = (table, knot)
    for _ in range(100_000):
        deep = [deep]
    objects = np.empty(2, object)
    objects[0] = objects
    return (knot, deep, table, objects, (knot, [knot]))[len(calls) % 5]
