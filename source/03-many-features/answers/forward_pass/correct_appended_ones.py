class Model(Model):
    def forward_pass(self, X):
        ones = np.ones((len(X), 1))
        return np.hstack([X, ones]) @ np.vstack([self.W, [[self.b]]])
