def standardize(X):
    low, high = X.min(axis=0), X.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    return (X - low) / span, X.mean(axis=0), X.std(axis=0)
