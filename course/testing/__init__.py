"""Trying a student's function: `trial` makes a guarded call and has the visible test `expect`.

`value` compares values within a tolerance and shows them briefly. No internal imports.
"""
