"""The words of the command line: options, messages, exit codes. Decides nothing.

The roof: it may import every room, and nothing imports it.
"""
