"""All that depends on nbgrader: its database, converters, settings and late penalties.

`database` reads and writes grades and records, `entry` enters a released lesson there, `lateness` asks for the
late penalty. `release` makes students' notebooks from solution notebooks, by the `preprocessors` (our steps in
nbgrader's converters) that `settings` puts in order. Imports `lesson` and the packages below it.
"""
