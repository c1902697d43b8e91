"""The trust boundary: a student's code runs in a sandbox, and the judge asks it for values.

`inside/` is the only folder of ours in the sandbox: what it sends is untrusted. Limits, system calls and
protocol live here. Imports `records`.
"""
