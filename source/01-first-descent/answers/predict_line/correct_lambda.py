predict_line = lambda x, slope, intercept: intercept + x * slope
