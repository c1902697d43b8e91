"""The command line: options, messages and exit codes, no logic. Commands are grouped by user.

`author` has build, release and verify, `new` the scaffolds, `instructor` grade, feedback, check and report; `demo`
makes up a class of 30. `arguments` holds what commands share, `progress` the bar. The top layer: it may import
every package, and nothing imports it.
"""
