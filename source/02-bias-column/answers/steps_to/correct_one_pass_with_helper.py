def finite(number):
    return abs(number) < float("inf")


def steps_to(losses, target):
    first = None
    position = 0
    while position < len(losses):
        if not finite(losses[position]):
            return None
        if first is None and losses[position] <= target:
            first = position
        position += 1
    return first
