class Operation:
    def __init__(self, *inputs):
        self.inputs = inputs

    def __call__(self):
        out = Tensor(self.forward(*(t.data for t in self.inputs)))
        out.maker = self
        return out


class Add(Operation):
    def forward(self, a, b):
        return a + b

    def backward(self, g):
        return g, g


class Mul(Operation):
    def forward(self, a, b):
        return a * b

    def backward(self, g):
        a, b = self.inputs
        return g * b.data, g * a.data


class MatMul(Operation):
    def forward(self, a, b):
        return a @ b

    def backward(self, g):
        a, b = self.inputs
        return g @ b.data.T, a.data.T @ g


class Power(Operation):
    def __init__(self, base, k):
        super().__init__(base)
        self.k = k

    def forward(self, a):
        return a**self.k

    def backward(self, g):
        return (g * self.k * self.inputs[0].data ** (self.k - 1),)


class Sum(Operation):
    def forward(self, a):
        return np.sum(a)

    def backward(self, g):
        return (np.full_like(self.inputs[0].data, g),)


def as_tensor(x):
    return x if isinstance(x, Tensor) else Tensor(x)


def shrink(g, shape):
    lead = g.ndim - len(shape)
    axes = tuple(range(lead)) + tuple(lead + k for k, n in enumerate(shape) if n == 1)
    return g.sum(axis=axes, keepdims=True).reshape(shape)


class Tensor:
    def __init__(self, data):
        self.data = np.array(data, dtype="float64")
        self.grad, self.maker = None, None

    __add__ = lambda self, other: Add(self, as_tensor(other))()
    __radd__ = __add__
    __mul__ = lambda self, other: Mul(self, as_tensor(other))()
    __rmul__ = __mul__
    __neg__ = lambda self: self * -1
    __sub__ = lambda self, other: self + as_tensor(other) * -1
    __rsub__ = lambda self, other: as_tensor(other) + self * -1
    __matmul__ = lambda self, other: MatMul(self, other)()
    __pow__ = lambda self, k: Power(self, k)()
    sum = lambda self: Sum(self)()
    mean = lambda self: Sum(self)() * (1.0 / self.data.size)

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def backward(self):
        users = {}
        todo, seen = [self], {self}
        while todo:
            node = todo.pop()
            for parent in node.maker.inputs if node.maker else ():
                users[parent] = users.get(parent, 0) + 1
                if parent not in seen:
                    seen.add(parent)
                    todo.append(parent)
        totals, ready = {self: np.ones_like(self.data)}, [self]
        while ready:
            node = ready.pop()
            g = totals.pop(node)
            if node.maker is None:
                node.grad = g if node.grad is None else node.grad + g
                continue
            for parent, part in zip(node.maker.inputs, node.maker.backward(g)):
                part = shrink(part, parent.data.shape)
                totals[parent] = totals[parent] + part if parent in totals else part
                users[parent] -= 1
                if users[parent] == 0:
                    ready.append(parent)
