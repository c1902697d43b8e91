def steps_to(losses, target):
    for index, loss in enumerate(losses):
        if loss <= target:
            print("arrived at", index)
            break
