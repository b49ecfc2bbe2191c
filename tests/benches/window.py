#!/usr/bin/env python3
"""First frame, memory and idle of the window, beside other X11 programs, in one run.

    tests/benches/window.py "latchkey=target/release/latchkey --store /tmp/phone" "i3lock=i3lock -n -c 202020"

Each round starts a fresh Xvfb with a root window of one colour, starts the program, and stops the clock when a fifth
of the sampled pixels changed. Three seconds later it reads PSS over the process tree, then the CPU of three idle
seconds. Programs take turns; the first round warms the page cache and is not counted. Prints median (min..max).
Needs Xvfb and python-xlib.
"""
import os
import shlex
import signal
import statistics
import subprocess
import sys
import time

from Xlib import X, display

WIDTH, HEIGHT, ROUNDS, SETTLE = 720, 1560, 5, 3.0


def processes(root):
    parents = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            stat = open(f"/proc/{pid}/stat").read()
        except OSError:
            continue
        parents[int(pid)] = int(stat[stat.rindex(")") + 2 :].split()[1])
    tree = {root}
    while True:
        more = {pid for pid, parent in parents.items() if parent in tree} - tree
        if not more:
            return tree
        tree |= more


def pss_mib(root):
    kib = 0
    for pid in processes(root):
        try:
            lines = open(f"/proc/{pid}/smaps_rollup").read().splitlines()
        except OSError:
            continue
        kib += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kib / 1024


def cpu_s(root):
    ticks = 0
    for pid in processes(root):
        try:
            stat = open(f"/proc/{pid}/stat").read()
        except OSError:
            continue
        fields = stat[stat.rindex(")") + 2 :].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def connect(number):
    for _ in range(300):
        try:
            return display.Display(f":{number}")
        except Exception:
            time.sleep(0.01)
    sys.exit("Xvfb does not answer")


def once(command, number):
    server = subprocess.Popen(
        ["Xvfb", f":{number}", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset"],
        stderr=subprocess.DEVNULL,
    )
    program = None
    try:
        root = connect(number).screen().root
        root.change_attributes(background_pixel=0x123456)
        root.clear_area()

        def strips():
            rows = range(HEIGHT // 16, HEIGHT, HEIGHT // 8)
            return b"".join(root.get_image(0, y, WIDTH, 1, X.ZPixmap, 0xFFFFFFFF).data[::37] for y in rows)

        before = strips()
        started = time.monotonic()
        program = subprocess.Popen(
            shlex.split(command),
            env={**os.environ, "DISPLAY": f":{number}"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        while True:
            changed = sum(a != b for a, b in zip(strips(), before))
            shown = time.monotonic() - started
            if changed > len(before) // 5:
                break
            if shown > 30 or program.poll() is not None:
                return None
            time.sleep(0.002)
        time.sleep(SETTLE)
        memory, cpu = pss_mib(program.pid), cpu_s(program.pid)
        time.sleep(SETTLE)
        return shown * 1000, memory, (cpu_s(program.pid) - cpu) / SETTLE * 100
    finally:
        if program:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
        server.terminate()
        server.wait()


def main():
    programs = [argument.split("=", 1) for argument in sys.argv[1:]]
    if not programs or any(len(p) != 2 for p in programs):
        sys.exit(__doc__)
    rounds = {name: [] for name, _ in programs}
    number = 200
    for turn in range(ROUNDS + 1):
        for name, command in programs:
            number += 1
            result = once(command, number)
            if turn and result:
                rounds[name].append(result)
    print(f"{'program':<16}{'first frame ms':>24}{'PSS MiB':>24}{'idle CPU %':>20}")
    for name, results in rounds.items():
        if not results:
            print(f"{name:<16} no frame")
            continue
        cells = [f"{statistics.median(c):.1f} ({min(c):.1f}..{max(c):.1f})" for c in zip(*results)]
        print(f"{name:<16}{cells[0]:>24}{cells[1]:>24}{cells[2]:>20}")


if __name__ == "__main__":
    main()
