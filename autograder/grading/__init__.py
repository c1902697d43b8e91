"""From a submitted file to a record, in this order: read, judge, grade, write.

`submission` reads the file, for which `answers` finds the answers among its cells. `judge` runs the answers in
the sandbox and checks them, again if the machine was to blame; `reference` stands in for those that are wrong.
`grade` makes the record of one submission. `run` grades a lesson's submissions on `workers` and alone writes to
the gradebook, but for those whose `fingerprint` has not changed. `stock` lets nbgrader's own autograde use the
judge. Imports `reports`, `gradebook` and the packages below them; from `course` only what does not touch a
notebook.
"""
