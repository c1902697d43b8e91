"""What runs beside a student's code, inside the sandbox: the whole attack surface.

Imports nothing from outside this folder but NumPy, Matplotlib and msgpack, and decides nothing.
"""
