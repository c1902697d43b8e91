class Tensor:
    def __init__(self, data, parents=()):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self._parents = parents  # pairs (tensor, function of the incoming gradient)

    def __add__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        return Tensor(self.data + other.data, ((self, lambda g: g), (other, lambda g: g)))

    def __mul__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        return Tensor(
            self.data * other.data,
            ((self, lambda g: g * other.data), (other, lambda g: g * self.data)),
        )

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -(other if isinstance(other, Tensor) else Tensor(other))

    def __rsub__(self, other):
        return -self + other

    __radd__ = __add__
    __rmul__ = __mul__

    def __matmul__(self, other):
        return Tensor(
            self.data @ other.data,
            ((self, lambda g: g @ other.data.T), (other, lambda g: self.data.T @ g)),
        )

    def __pow__(self, exponent):
        return Tensor(
            self.data**exponent,
            ((self, lambda g: g * exponent * self.data ** (exponent - 1)),),
        )

    def sum(self):
        return Tensor(self.data.sum(), ((self, lambda g: g * np.ones_like(self.data)),))

    def mean(self):
        return self.sum() * (1 / self.data.size)

    def zero_grad(self):
        grad = np.zeros_like(self.data)

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((parent, False) for parent, _ in node._parents)
        incoming = {id(self): np.ones_like(self.data)}
        for node in reversed(order):
            gradient = incoming.pop(id(node))
            node.grad = node.grad + gradient
            for parent, pull in node._parents:
                part = unbroadcast(pull(gradient), parent.data.shape)
                incoming[id(parent)] = incoming.get(id(parent), 0.0) + part


def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient
