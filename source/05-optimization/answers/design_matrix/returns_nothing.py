def design_matrix(x):
    X = np.column_stack([np.ones(len(x)), x])
    print(X)
