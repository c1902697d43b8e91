class Model:
    def __init__(self, num_features, rng):
        weights = [[rng.normal(0, 0.1)] for _ in range(num_features)]
        self.W = np.array(weights)
        self.b = rng.normal(0, 0.1)
