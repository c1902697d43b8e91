class Model(Model):
    def update_params(self, dW, db, lr):
        for j in range(len(self.W)):
            self.W[j, 0] = self.W[j, 0] - lr * dW[j, 0]
        self.b = self.b + lr * -db
