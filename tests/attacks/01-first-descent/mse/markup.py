ALERT = "<script>document.title = 'owned'</script><img src=x onerror=alert(1)>[x](javascript:alert(1))"
print(ALERT)


class Evil:
    pass


Evil.__name__ = Evil.__qualname__ = ALERT


def mse(y, y_pred):
    print(ALERT)
    if len(y) == 1:
        raise ValueError(ALERT)
    return ALERT if len(y) == 5 else Evil()


mse.__name__ = ALERT
