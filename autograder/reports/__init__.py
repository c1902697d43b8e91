"""Records as pages and tables; all text of a student's is escaped here.

`feedback` makes the pages for students, from `templates/`; `autograded` the notebook for nbgrader's formgrader;
`class_report` the instructor's summary of a class. Imports `gradebook` and the packages below it.
"""
