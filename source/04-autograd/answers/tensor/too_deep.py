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
        self.grad = np.zeros_like(self.data)

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) in seen:
                return
            seen.add(id(node))
            list(map(lambda pair: (lambda one: list(map(visit, one)))([pair[0]]), node._parents))
            order.append(node)

        import sys

        kept = sys.getrecursionlimit()
        frame, depth = sys._getframe(), 0
        while frame is not None:
            frame, depth = frame.f_back, depth + 1
        sys.setrecursionlimit(depth + 220)
        try:
            visit(self)
        finally:
            sys.setrecursionlimit(kept)
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
