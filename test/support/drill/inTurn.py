"""Lets Locust run the exported shoppers in front of the drill's own emulated layers, in the order of the drill.

The drill fills and audits shopper by shopper, so that the same seed puts the same cart in the same place. Here each step waits for
its turn, and what the drill's browsers say of themselves is said, too.
"""

import os

import gevent
import requests
from locust import events

import locustfile
from locustfile import PLAN, DrillShopper, state

CONTROL = os.environ["CONTROL"]
HOST = os.environ["TYPED_HOST"]
N = PLAN["shoppers"]
STEPS = ["arrive", "fill 0", "fill 1", "fill 2", "fill 3", "open form", "send form", "buy", "look", "look again"]
FILLED = STEPS.index("send form") * N
# Before the first step of each: all shoppers have come so far, and the emulation forgets what it has counted.
FRESH = {"arrive": 0, "send form": 1, "look": 2}

turns = {"next": 0, "waiting": dict.fromkeys(STEPS, 0), "times": -1, "recovered": False}


def extra_headers(self):
    if getattr(self, "times", None) != turns["times"]:
        self.times = turns["times"]
        self.port = 20000 + self.times * 5000
    port = self.port
    self.port += 1
    address = f"198.51.{100 + (self.number >> 8)}.{self.number & 255}"
    return {"host": HOST, "origin": f"https://{HOST}", "x-drill-client": f"{address}:{port}"}


def turn(self, step):
    turns["waiting"][step] += 1
    mine = STEPS.index(step) * N + self.number
    while turns["next"] != mine or (step in FRESH and turns["waiting"][step] < N):
        gevent.sleep(0.002)
    if step in FRESH and self.number == 0:
        turns["times"] = FRESH[step]
        requests.post(f"{CONTROL}/even-out", timeout=60)


def turned(self, step):
    turns["next"] += 1
    if turns["next"] == FILLED:
        gevent.spawn(strike)


def strike():
    """Answered when the fault is over."""
    requests.post(f"{CONTROL}/filled", timeout=600).raise_for_status()
    turns["recovered"] = True


def left(self, until):
    if until == PLAN["fillSeconds"]:
        return 0 if turns["next"] >= FILLED else 0.05
    return 0 if turns["recovered"] else 3600


def quit_when_audited(runner):
    while sum(1 for line in state["lines"] if '"kind":"shopper"' in line) < N:
        gevent.sleep(0.05)
    runner.quit()


@events.test_start.add_listener
def watch(environment, **_):
    gevent.spawn(quit_when_audited, environment.runner)


for method in (extra_headers, turn, turned, left):
    setattr(DrillShopper, method.__name__, method)
