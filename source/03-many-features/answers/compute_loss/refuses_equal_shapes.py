class Model(Model):
    def compute_loss(self, y_hat, y_true):
        if y_hat.shape != y_true.shape or y_hat.ndim > 1:
            raise ValueError("only one axis please")
        return np.mean((y_hat - y_true) ** 2) / 2
