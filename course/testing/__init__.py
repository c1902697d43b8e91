"""One guarded call of a student's function, the comparison of its value, and the visible test `expect`.

Imports nothing of ours.
"""
