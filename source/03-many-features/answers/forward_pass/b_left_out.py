class Model(Model):
    def forward_pass(self, X):
        return np.dot(X, self.W)
