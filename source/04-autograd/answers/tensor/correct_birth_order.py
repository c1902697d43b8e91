import itertools

_clock = itertools.count()


def _fit(g, like):
    g = np.asarray(g)
    while g.ndim > like.ndim:
        g = g.sum(0)
    return sum_to(g, like.shape)


def sum_to(g, shape):
    for axis in range(len(shape)):
        if shape[axis] == 1 and g.shape[axis] > 1:
            g = g.sum(axis, keepdims=True)
    return g


class Tensor:
    """Every node has a birth number: going backwards in time visits users before what they use."""

    __array_priority__ = 1000

    def __init__(self, data, op=None, inputs=()):
        self.data, self.op, self.inputs = np.asarray(data, np.float64), op, inputs
        self.grad = np.zeros(self.data.shape)
        self.born = next(_clock)

    def _make(self, other, value, op):
        return Tensor(value, op, (self, other))

    def _other(self, other):
        return other if hasattr(other, "born") else Tensor(other)

    def __add__(self, other):
        other = self._other(other)
        return self._make(other, self.data + other.data, "add")

    def __sub__(self, other):
        other = self._other(other)
        return self._make(other, self.data - other.data, "sub")

    def __mul__(self, other):
        other = self._other(other)
        return self._make(other, self.data * other.data, "mul")

    def __matmul__(self, other):
        return self._make(other, self.data @ other.data, "matmul")

    def __pow__(self, k):
        return Tensor(self.data**k, ("pow", k), (self,))

    def sum(self):
        return Tensor(self.data.sum(), "sum", (self,))

    def mean(self):
        return Tensor(self.data.mean(), "mean", (self,))

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return self._other(other) - self

    def zero_grad(self):
        self.grad = np.zeros(self.data.shape)

    def _pulls(self, g):
        x = self.inputs[0].data
        if self.op == "sum":
            return [np.broadcast_to(g, x.shape)]
        if self.op == "mean":
            return [np.broadcast_to(g / x.size, x.shape)]
        if isinstance(self.op, tuple):
            k = self.op[1]
            return [g * k * x ** (k - 1)]
        y = self.inputs[1].data
        return {
            "add": lambda: (g, g),
            "sub": lambda: (g, -g),
            "mul": lambda: (g * y, g * x),
            "matmul": lambda: (g @ y.T, x.T @ g),
        }[self.op]()

    def backward(self):
        nodes, todo = {}, [self]
        while todo:
            node = todo.pop()
            if node.born not in nodes:
                nodes[node.born] = node
                todo.extend(node.inputs)
        local = {self.born: np.ones(self.data.shape)}
        for born in sorted(nodes, reverse=True):
            node, g = nodes[born], local[born]
            node.grad = node.grad + g
            if node.op is not None:
                for parent, part in zip(node.inputs, node._pulls(g)):
                    part = _fit(part, parent.data)
                    local[parent.born] = local.get(parent.born, 0) + part
