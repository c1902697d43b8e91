"""Puts things in front of a student: the course's style, figures with alt text, cards, and who is looking.

Imports nothing of ours but `mime_types`.
"""
