class Tensor:
    """Closures: every result knows how to hand its gradient on."""

    def __init__(self, data, children=()):
        self.data = np.array(data, dtype=float)
        self.grad = None
        self.children = children
        self.push = lambda: None

    @staticmethod
    def wrap(x):
        return x if isinstance(x, Tensor) else Tensor(x)

    def accept(self, g):
        extra = g.ndim - self.data.ndim
        g = g.sum(axis=tuple(range(extra)))
        thin = tuple(k for k, n in enumerate(self.data.shape) if n == 1 and g.shape[k] != 1)
        g = g.sum(axis=thin, keepdims=True)
        self.grad = g if self.grad is None else self.grad + g

    def __add__(self, other):
        other = Tensor.wrap(other)
        out = Tensor(self.data + other.data, (self, other))

        def push():
            self.accept(out.grad)
            other.accept(out.grad)

        out.push = push
        return out

    def __sub__(self, other):
        other = Tensor.wrap(other)
        out = Tensor(self.data - other.data, (self, other))

        def push():
            self.accept(out.grad)
            other.accept(-out.grad)

        out.push = push
        return out

    def __mul__(self, other):
        other = Tensor.wrap(other)
        out = Tensor(self.data * other.data, (self, other))

        def push():
            self.accept(out.grad * other.data)
            other.accept(out.grad * self.data)

        out.push = push
        return out

    def __matmul__(self, other):
        out = Tensor(np.dot(self.data, other.data), (self, other))

        def push():
            self.accept(out.grad @ other.data.transpose())
            other.accept(self.data.transpose() @ out.grad)

        out.push = push
        return out

    def __pow__(self, p):
        out = Tensor(np.power(self.data, float(p)), (self,))

        def push():
            self.accept(out.grad * p * np.power(self.data, p - 1.0))

        out.push = push
        return out

    def mean(self):
        out = Tensor(np.mean(self.data), (self,))

        def push():
            self.accept(np.full(self.data.shape, out.grad / self.data.size))

        out.push = push
        return out

    def sum(self):
        return self.mean() * self.data.size

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Tensor.wrap(other) - self

    def zero_grad(self):
        self.grad = None

    def backward(self):
        order, visited = [], set()

        def visit(node):
            if node in visited:
                return
            visited.add(node)
            for child in node.children:
                visit(child)
            order.append(node)

        visit(self)
        for node in order:
            if node.children:
                node.grad = None
        self.grad = np.ones_like(self.data)
        for node in reversed(order):
            node.push()
