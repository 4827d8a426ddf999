def all_refused(world, gateway, first, second, case):
    pass
