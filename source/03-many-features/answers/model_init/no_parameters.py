class Model:
    def __init__(self, num_features, rng):
        W = rng.standard_normal((num_features, 1))
        b = 0.0
