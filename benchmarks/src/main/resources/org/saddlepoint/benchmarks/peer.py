"""The peer: takes the steps of gan_step.py, modern_step.py and translation_step.py when asked, in either style of style.py.

Protocol: prints one line about itself, then answers each line of the standard input with one line:

    open TASK          builds the networks, takes a step, and prints their weights (of what generates, of what discriminates)
                       and how many numbers a step reports
    run TASK STEPS     takes that many steps of an opened task and prints the seconds they took
    close TASK         frees it and prints "closed"
    peak               prints the most memory that this process had so far, in KiB, where Linux tells it, else 0

TASK is STYLE METHOD BATCH WIDTH PRECISION. Ends at the end of the input.
"""

import sys
import time


def serve():
    torch.manual_seed(1)
    if len(sys.argv) > 1:
        torch.set_num_threads(int(sys.argv[1]))
    print("torch", torch.__version__, "threads", torch.get_num_threads(), flush=True)
    workloads = {}
    for line in sys.stdin:
        command, *key = line.split()
        steps = int(key.pop()) if command == "run" else 0
        print(*ANSWERS[command](workloads, tuple(key), steps), flush=True)


def build(workloads, key, _):
    style, method, batch_size, width, precision = key
    scripts = [script for script in (gan_step, modern_step, translation_step) if method in script.METHODS]
    workloads[key] = workload = scripts[0].workload(Style(style, precision), method, int(batch_size), int(width))
    return *workload.weights(), len(workload.step())


def run(workloads, key, steps):
    workload = workloads[key]
    start = time.perf_counter()
    for _ in range(steps):
        workload.step()
    return time.perf_counter() - start,


def close(workloads, key, _):
    del workloads[key]
    return "closed",


def peak(*_):
    try:
        with open("/proc/self/status") as status:
            return next(line.split()[1] for line in status if line.startswith("VmHWM:")),
    except OSError:
        return 0,


ANSWERS = {"open": build, "run": run, "close": close, "peak": peak}

try:
    import torch
except ImportError as absent:
    print("absent", absent, flush=True)
else:
    import gan_step
    import modern_step
    import translation_step
    from style import Style

    if __name__ == "__main__":
        serve()
