"""From a submitted file to a record: read, judge, grade, write.

`submission` reads the file, `answers` finds the answers among its cells. `judge` states the `Limits`, runs and
checks the answers in the sandbox, again if the machine was to blame; `reference` stands in for wrong ones. `grade`
makes the record of one submission. `run` lists submitted/ and grades on `workers`, skips submissions whose
`fingerprint` is unchanged, and alone writes to the gradebook. `stock` lets nbgrader's autograde use the judge.
Imports `reports`, `gradebook` and the packages below them; from `course`, only what needs no notebook interface.
"""
