class Model:
    def __init__(self, num_features, rng):
        limit = 1 / np.sqrt(num_features)
        self.b = 0
        self.W = rng.uniform(-limit, limit, size=num_features).reshape(-1, 1)
