/// A library that tests load into a real `sallyport-session` (LD_PRELOAD) to act from inside it, as somebody would who had taken it over.
/// The shipped executable stays as it is: nothing in it can switch a part of the confinement off, and nothing knows of this library.
///
/// It waits until the session has said `ready` (by then it is confined), takes the descriptor that comes beside the next message as the recording,
/// does one forbidden or permitted thing, and writes `NAME = RESULT` to standard error; a negative result is an errno. Environment:
///
///     PROBE_ACT       what to do: a name of acts.c
///     PROBE_PATH      a path that some acts use
///     PROBE_PROCESS   the number of a process that some acts aim at
///     PROBE_WITHOUT   `filter` or `landlock` or both, with a comma: that part is not installed, so that the other shows by itself
///     PROBE_FAIL      a call (`setresuid`, `prctl:38`, `syscall:446`) that fails with EPERM while the session confines itself
///     PROBE_THREAD    a second thread runs while the session confines itself
///     PROBE_PRETEND   a call that does nothing then, and says that it did
#ifndef SESSION_PROBE_H
#define SESSION_PROBE_H

/// Does the act of this name. Returns what the system call returned, or a negative errno.
long session_probe_act(const char *name, int recording);

#endif
