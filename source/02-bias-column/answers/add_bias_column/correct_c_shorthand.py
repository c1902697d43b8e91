add_bias_column = lambda data: np.c_[data, np.ones(data.shape[0])]
