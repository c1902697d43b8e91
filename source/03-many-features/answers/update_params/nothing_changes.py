class Model(Model):
    def update_params(self, dW, db, lr):
        W, b = self.W, self.b
        W = W - lr * dW
        b = b - lr * db
        return W, b
