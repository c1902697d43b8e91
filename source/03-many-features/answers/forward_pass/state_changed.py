class Model(Model):
    def forward_pass(self, X):
        y_hat = X @ self.W
        y_hat += self.b
        self.b += 1.0
        return y_hat
