class Model(Model):
    def compute_loss(self, y_hat, y_true):
        return np.mean((y_hat - y_true) ** 2) / 2
