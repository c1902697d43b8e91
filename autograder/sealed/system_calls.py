"""The system calls that a child may make: the rules of seccomp, and their compilation for the kernel."""

from __future__ import annotations

import contextlib
import tempfile

__all__ = ["ALLOWED", "compile_filter"]

# Everything else fails with EPERM. What NumPy, Matplotlib and Python's threads need; kill and tgkill reach the
# child's own PID namespace alone. Left out on purpose: execve, fork and clone without CLONE_THREAD, socket and
# connect, ptrace and process_vm_*, mount and unshare, bpf, perf_event_open, io_uring_*, keyctl, userfaultfd, and
# ioctl but for the questions about a terminal that Python asks of each file it opens.
ALLOWED = """
read write readv writev pread64 pwrite64 open openat close close_range lseek fstat stat lstat newfstatat
statx statfs fstatfs access faccessat faccessat2 readlink readlinkat getdents64 getcwd chdir fchdir mkdir
mkdirat rmdir unlink unlinkat rename renameat renameat2 chmod fchmod fchmodat utimensat umask truncate
ftruncate fsync fdatasync fcntl dup dup2 dup3 pipe pipe2 sendto recvfrom select pselect6 poll ppoll
epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2 mmap mprotect munmap mremap madvise brk
membarrier rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait sigaltstack kill tgkill
pause alarm setitimer getitimer nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time
times getrandom getpid gettid getppid getuid geteuid getgid getegid getgroups getresuid getresgid getpgrp
getpgid getsid uname sysinfo getrusage getrlimit prlimit64 getpriority sched_yield sched_getaffinity
sched_getparam sched_getscheduler getcpu futex set_robust_list get_robust_list rseq set_tid_address
restart_syscall arch_prctl exit exit_group
"""
# TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX. Not among them: TIOCSTI, which types into a terminal.
TERMINAL = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
CLONE_THREAD = 0x0001_0000  # from <linux/sched.h>


def compile_filter() -> bytes:
    """Compile the rules to a BPF program, which each child hands to the kernel.

    Raises `ImportError` or `OSError` if pyseccomp, or the system's libseccomp, is missing.
    """
    import pyseccomp  # it loads the system's library, which is not everywhere

    rules = pyseccomp.SyscallFilter(defaction=pyseccomp.ERRNO(1))  # EPERM: a library may ask, and do without
    for name in ALLOWED.split():
        with contextlib.suppress(OSError, ValueError):  # this processor has no such call
            rules.add_rule(pyseccomp.ALLOW, name)
    thread = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, CLONE_THREAD)
    rules.add_rule(pyseccomp.ALLOW, "clone", thread)
    # The flags of clone3 lie in memory, which a filter cannot read. ENOSYS has the C library use clone instead.
    rules.add_rule(pyseccomp.ERRNO(38), "clone3")
    for question in TERMINAL:
        rules.add_rule(pyseccomp.ALLOW, "ioctl", pyseccomp.Arg(1, pyseccomp.EQ, question))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
