"""From an untrusted file to a record: read (`submission`), judge, grade, run. Only `run` writes.

Imports `reports`, `gradebook` and the rooms below them; of `course`, nothing that talks to a notebook.
"""
