class Model(Model):
    def compute_loss(self, y_hat, y_true):
        if y_hat.shape != y_true.shape:
            raise ValueError(f"shapes {y_hat.shape} and {y_true.shape} differ")
        y_hat -= y_true
        return np.mean(y_hat**2) / 2
