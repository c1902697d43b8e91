"""The trust boundary: how a student's code is run apart from everything, and asked for values.

`inside/` is the one folder of ours that enters the sandbox; nothing that comes out of it is believed.
Imports `records`.
"""
