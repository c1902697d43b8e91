predict_line = 3.5
