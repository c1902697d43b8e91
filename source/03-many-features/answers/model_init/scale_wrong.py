class Model:
    def __init__(self, num_features, rng):
        self.W = rng.normal(0, 50, size=(num_features, 1))
        self.b = 0.0
