"""The trust boundary: student code runs in isolation, and the judge queries it for values.

`sandbox` starts, forks and ends the isolated processes, `bubblewrap` says what they can see, `system_calls` what
they may ask of the kernel, `limits` what an exercise may use. `client` exchanges messages with a child, `proxy`
stands for a student's object, `errors` puts what comes out into words, `png` encodes figures. `inside/` is all
of ours that enters the sandbox; nothing that comes out of it is trusted. Imports `records`.
"""
