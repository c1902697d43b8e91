class Model:
    def __init__(self, num_features, rng):
        self.num_features = num_features
        self.W = 0.01 * rng.normal(size=(num_features, 1))
        self.b = float(rng.normal())
