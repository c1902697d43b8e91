class Model(Model):
    def backward_pass(self, X, y_true, y_hat):
        error = y_true - y_hat
        return X.T @ error / len(X), error.mean()
