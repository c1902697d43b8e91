mse_gradient = lambda A, t, v: (A.T @ A @ v - A.T @ t) * (2 / A.shape[0])
