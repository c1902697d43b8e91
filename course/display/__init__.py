"""How anything gets in front of a student: figures with alt text, cards, and who is looking.

Imports nothing of ours but `mime_types`.
"""
