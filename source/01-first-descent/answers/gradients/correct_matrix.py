def gradients(X, y, w, b):
    design = np.column_stack([X, np.ones(len(X))])
    gradient = 2 / len(X) * design.T @ (design @ [w, b] - y)
    return tuple(gradient)
