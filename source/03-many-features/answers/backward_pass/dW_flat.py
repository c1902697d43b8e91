class Model(Model):
    def backward_pass(self, X, y_true, y_hat):
        error = (y_hat - y_true)[:, 0]
        return X.T @ error / len(X), error.mean()
