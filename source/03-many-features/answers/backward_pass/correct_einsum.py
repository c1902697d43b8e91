class Model(Model):
    def backward_pass(self, X, y_true, y_hat):
        d = (y_hat - y_true)[:, 0] / X.shape[0]
        return np.einsum("ij,i->j", X, d)[:, None], d.sum()
