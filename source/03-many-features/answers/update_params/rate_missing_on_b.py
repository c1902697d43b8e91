class Model(Model):
    def update_params(self, dW, db, lr):
        self.W -= lr * dW
        self.b -= db
