"""The peer: takes the steps of dcgan_step.py and translation_step.py when asked.

Protocol: prints one line about itself, then for each line "run METHOD BATCH WIDTH STEPS" on the standard input takes
that many steps and prints the seconds they took. The first run of a workload builds its networks, outside the measured
time. Ends at the end of the input.
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
        _, method, batch_size, width, steps = line.split()
        key = method, int(batch_size), int(width)
        workload = workloads.get(key)
        if workload is None:
            workload = workloads[key] = build(*key)
        start = time.perf_counter()
        for _ in range(int(steps)):
            workload.step()
        print(time.perf_counter() - start, flush=True)


def build(method, batch_size, width):
    if method in translation_step.SETTINGS:
        return translation_step.workload(method, batch_size)
    return dcgan_step.Workload(method, batch_size, width)


try:
    import torch
except ImportError as absent:
    print("absent", absent, flush=True)
else:
    import dcgan_step
    import translation_step

    if __name__ == "__main__":
        serve()
