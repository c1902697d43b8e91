"""Records as pages and tables; all student text is escaped here.

`feedback` makes the students' pages from `templates/`, `autograded` the notebook for nbgrader's formgrader, and
`class_report` the instructor's summary. Imports `gradebook` and the packages below it.
"""
