class Model(Model):
    def update_params(self, dW, db, lr):
        for name, slope in (("W", dW), ("b", db)):
            setattr(self, name, getattr(self, name) - slope * lr)
