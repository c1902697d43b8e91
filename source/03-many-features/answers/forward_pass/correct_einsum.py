class Model(Model):
    def forward_pass(self, X):
        return np.einsum("ij,jk->ik", X, self.W) + self.b
