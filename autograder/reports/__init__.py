"""Records as pages and tables: feedback, the autograded notebook, the class report.

Everything of a student's is escaped here. Imports `gradebook` and the rooms below it.
"""
