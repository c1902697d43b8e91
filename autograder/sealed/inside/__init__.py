"""What runs inside the sandbox, beside a student's code: the whole attack surface.

It decides nothing, and imports nothing from outside this folder but NumPy, Matplotlib and msgpack.
"""
