mean = lambda values: float(np.mean(values)) if len(values) else np.nan
