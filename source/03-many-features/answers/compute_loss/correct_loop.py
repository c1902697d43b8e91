class Model(Model):
    def compute_loss(self, y_hat, y_true):
        if y_hat.shape != y_true.shape:
            raise ValueError(f"shapes {y_hat.shape} and {y_true.shape} differ")
        total = 0.0
        for one, other in zip(y_hat.ravel(), y_true.ravel()):
            total += (one - other) ** 2
        return total / y_hat.size / 2
