condition_number = lambda A: (np.linalg.norm(A, 2) / np.linalg.norm(A, -2)) ** 2
