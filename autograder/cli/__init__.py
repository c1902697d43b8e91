"""The command line: options, messages, exit codes, and no logic of its own. Commands are grouped by their users.

`author` has build, release and verify, `new` the scaffolds; `instructor` has grade, feedback, check and report;
`demo` makes up a class of 30. `arguments` holds the options that several commands share, `progress` the bar. The
top layer: it may import every package, and nothing imports it.
"""
