class Model(Model):
    def backward_pass(self, X, y_true, y_hat):
        error = y_hat - y_true
        return X.T @ error**2 / len(X), np.mean(error**2)
