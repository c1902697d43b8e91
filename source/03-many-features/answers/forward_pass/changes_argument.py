class Model(Model):
    def forward_pass(self, X):
        X *= self.W.T
        return X.sum(axis=1, keepdims=True) + self.b
