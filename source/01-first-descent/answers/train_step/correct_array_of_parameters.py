def train_step(X, y, w, b, learning_rate):
    theta = np.array([w, b])
    loss = mse(y, predict_line(X, *theta))
    theta = theta - learning_rate * np.array(gradients(X, y, *theta))
    return theta[0], theta[1], loss
