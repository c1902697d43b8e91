class Model(Model):
    def forward_pass(self, X):
        rows = []
        for x in X:
            total = self.b
            for value, weight in zip(x, self.W[:, 0]):
                total += value * weight
            rows.append([total])
        return np.array(rows)
