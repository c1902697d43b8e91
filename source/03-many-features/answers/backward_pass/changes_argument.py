class Model(Model):
    def backward_pass(self, X, y_true, y_hat):
        y_hat -= y_true
        return X.T @ y_hat / len(X), y_hat.mean()
