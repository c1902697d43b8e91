class Model:
    def __init__(self, num_features, rng):
        self.W = np.zeros((num_features, 1))
        self.b = 0.0
