class Model(Model):
    def train(self, x_train, y_train, iterations, lr):
        losses = []
        x_train -= x_train.mean()
        for i in range(iterations):
            y_hat = self.forward_pass(x_train)
            losses.append(self.compute_loss(y_hat, y_train))
            self.update_params(*self.backward_pass(x_train, y_train, y_hat), lr)
        return losses
