class Model(Model):
    def update_params(self, dW, db, lr):
        self.W = self.W - lr * dW
        self.b = self.b - lr * db
        return self
