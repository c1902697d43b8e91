class Model(Model):
    def update_params(self, dW, db, lr):
        dW *= lr
        self.W = self.W - dW
        self.b = self.b - lr * db
