"""All that depends on nbgrader: its database, converters, settings and late penalties.

`database` reads and writes grades and records, `entry` enters a released lesson there, `lateness` computes late
penalties. `release` makes students' notebooks from solution notebooks with the `preprocessors` (our steps in
nbgrader's converters), which `settings` puts in order. Imports `lesson` and the packages below it.
"""
