class Model(Model):
    def update_params(self, dW, db, lr):
        self.b -= lr * db
