class Model(Model):
    def backward_pass(self, X, y_true, y_hat):
        error = self.forward_pass(X) - y_true
        return X.T @ error / len(X), error.mean()
