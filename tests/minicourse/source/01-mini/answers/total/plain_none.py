def total(values):
    print(sum(values))
