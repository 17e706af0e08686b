"""Runs two ranks of a command in two network namespaces, between which packets are delayed and lost.

    sudo python3 lossy_network.py --delay 50 --jitter 20 --loss 2 -- ./saddlepoint train gan-points --data ring8 --out RUN

Each rank has an interface of its own (TUN); this program carries the packets between the two. So it needs no kernel module but
tun, where `tc netem` needs sch_netem. --cut-after N carries none behind the Nth, as when a machine is gone without a word.

Needs root. All it makes is gone when it ends.
"""

import argparse
import fcntl
import heapq
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
PORT = "29500"
LARGEST_PACKET = 65536
PATIENCE_S = 1800


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def interface(name, address):
    """An interface in a namespace of the same name, and the file through which its packets come and go."""
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    ip("netns", "add", name)
    ip("link", "set", name, "netns", name)
    ip("-n", name, "addr", "add", address + "/24", "dev", name)
    for each in ("lo", name):
        ip("-n", name, "link", "set", each, "up")
    return end


def start(rank, namespace, leader, command):
    own = {"RANK": str(rank), "WORLD_SIZE": "2", "LOCAL_RANK": "0", "LOCAL_WORLD_SIZE": "1",
           "MASTER_ADDR": leader, "MASTER_PORT": PORT}
    return subprocess.Popen(["ip", "netns", "exec", namespace, *command], env={**os.environ, **own})


def carry(ends, settings, running):
    """Carries packets until no rank runs, and prints when which one ended; returns how many were carried and lost."""
    chance = random.Random(settings.seed)
    begun = time.monotonic()
    waiting, carried, lost, cut = [], 0, 0, None
    while running:
        now = time.monotonic()
        if settings.cut_after is not None and cut is None and carried >= settings.cut_after:
            cut = now
            print(f"network: cut after {now - begun:.0f} s", flush=True)
        pause = max(0, min(0.2, waiting[0][0] - now)) if waiting else 0.2
        for end in select.select(ends, [], [], pause)[0]:
            packet = os.read(end, LARGEST_PACKET)
            if cut is not None or chance.random() < settings.loss / 100:
                lost += 1
                continue
            delay = (settings.delay + chance.uniform(-settings.jitter, settings.jitter)) / 1000
            other = ends[1] if end == ends[0] else ends[0]
            heapq.heappush(waiting, (time.monotonic() + max(0, delay), carried, other, packet))
            carried += 1
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, other, packet = heapq.heappop(waiting)
            try:
                os.write(other, packet)
            except BlockingIOError:
                lost += 1
        for rank in [rank for rank, process in running.items() if process.poll() is not None]:
            ended = time.monotonic()
            since = f", {ended - cut:.0f} s after the cut" if cut is not None else ""
            print(f"network: rank {rank} ended with exit code {running.pop(rank).returncode}"
                  f" after {ended - begun:.0f} s{since}", flush=True)
        if time.monotonic() - begun > PATIENCE_S:
            raise SystemExit(f"network: ranks {sorted(running)} hang")
    return carried, lost


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--delay", type=float, default=50, help="of a packet, each way, ms")
    parser.add_argument("--jitter", type=float, default=20, help="the delay is uniform within so much of it; packets overtake, ms")
    parser.add_argument("--loss", type=float, default=2, help="of packets, percent")
    parser.add_argument("--cut-after", type=int, help="packets after which none is carried")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("command", nargs="+")
    settings = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    names = [f"sp{os.getpid()}-{rank}" for rank in range(2)]
    addresses = ["10.77.0.1", "10.77.0.2"]
    ranks = {}
    try:
        ends = [interface(names[rank], addresses[rank]) for rank in range(2)]
        ranks = {rank: start(rank, names[rank], addresses[0], settings.command) for rank in range(2)}
        carried, lost = carry(ends, settings, dict(ranks))
        print(f"network: {carried} packets carried, {lost} lost")
    finally:
        for process in ranks.values():
            process.kill()
        for name in names:
            subprocess.run(["ip", "netns", "del", name], check=False)
    return max(process.returncode != 0 for process in ranks.values())


if __name__ == "__main__":
    raise SystemExit(main())
