class Model(Model):
    def train(self, x_train, y_train, iterations, lr):
        losses, done, printed = [], 0, 0
        while done < iterations:
            guess = self.forward_pass(x_train)
            losses.append(float(self.compute_loss(guess, y_train)))
            self.update_params(*self.backward_pass(x_train, y_train, guess), lr)
            done += 1
            if done * 10 >= (printed + 1) * iterations and printed < 10:
                print("after", done, "steps")
                printed = done * 10 // iterations
        return tuple(losses)
