class Model(Model):
    def forward_pass(self, X):
        return np.sum(X @ self.W) + self.b
