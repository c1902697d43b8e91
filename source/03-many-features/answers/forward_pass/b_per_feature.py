class Model(Model):
    def forward_pass(self, X):
        return (X * self.W.T + self.b).sum(axis=1, keepdims=True)
