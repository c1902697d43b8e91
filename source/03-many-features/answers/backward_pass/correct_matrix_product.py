class Model(Model):
    def backward_pass(self, X, y_true, y_hat):
        m = len(X)
        error = y_hat - y_true
        return X.T @ error / m, float(np.sum(error) / m)
