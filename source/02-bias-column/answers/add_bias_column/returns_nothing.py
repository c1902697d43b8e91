def add_bias_column(X):
    X_b = np.column_stack([X, np.ones(len(X))])
    print(X_b.shape)
