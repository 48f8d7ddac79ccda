"""Runs the shoppers of the drill with Locust, on Azure Load Testing or on any other machine.

Each shopper fills a cart and knows what was acknowledged; goes on while somebody breaks something; then reads its cart again.
One line of the log for each says what was acknowledged and what was found: `npm run drill -- --collect` judges them.
"""

import json
import logging
import os
import time
from urllib.parse import urlsplit

import gevent
import requests
from http.cookiejar import DefaultCookiePolicy
from locust import HttpUser, events, task
from locust.runners import MasterRunner, WorkerRunner

import shopper as drill
from cookies import CookieJar

PREFIX = "steadystate-ledger"
PATIENCE_SECONDS = 15
# Ids of shoppers of different workers must differ, and no role may fall to one worker alone: so a prime above the number of engines.
STRIDE = 997

FOLDER = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(FOLDER, "drill.json"), encoding="utf-8") as file:
    PLAN = json.load(file)

log = logging.getLogger("steadystate")
state = {"begun": 0.0, "shoppers": 0, "catalogue": None, "lines": [], "announced": False}


def say(environment, record):
    line = f"{PREFIX} {json.dumps(record, separators=(',', ':'), sort_keys=True)}"
    state["lines"].append(line)
    log.info(line)
    # Whichever log is handed out: that of the master has the lines of all workers. A line that is there twice counts once.
    if isinstance(environment.runner, WorkerRunner):
        environment.runner.send_message("ledger", line)


@events.init.add_listener
def listen(environment, **_):
    if isinstance(environment.runner, MasterRunner):
        environment.runner.register_message("ledger", lambda msg, **_: log.info(msg.data))


@events.test_start.add_listener
def begin(environment, **_):
    state.update(begun=time.monotonic(), shoppers=0, catalogue=None, lines=[], announced=False)
    if not isinstance(environment.runner, MasterRunner):
        say(environment, {"kind": "plan", **PLAN})


@events.test_stop.add_listener
def upload(environment, **_):
    """Also puts the lines into a container, where a secret has its URL with a shared access signature."""
    url = os.environ.get("LEDGER_CONTAINER_URL", "")
    if url == "" or isinstance(environment.runner, MasterRunner) or not state["lines"]:
        return
    container, _, signature = url.partition("?")
    worker = getattr(environment.runner, "worker_index", 0)
    name = f"{PLAN['export']}-{int(time.time())}-{worker}.log"
    answer = requests.put(
        f"{container.rstrip('/')}/{name}?{signature}",
        data="\n".join(state["lines"]).encode(),
        headers={"x-ms-blob-type": "BlockBlob", "content-type": "text/plain"},
        timeout=60,
    )
    if answer.status_code != 201:
        log.error("the ledger could not be uploaded: status %s", answer.status_code)


def next_id(runner):
    """In a run on one process 0, 1, 2 and so on, as in the drill."""
    number = state["shoppers"]
    state["shoppers"] += 1
    return runner.worker_index + STRIDE * number if isinstance(runner, WorkerRunner) else number


class DrillShopper(HttpUser):
    host = PLAN["address"]

    def wait_time(self):
        return 0

    def on_start(self):
        self.done = False
        self.shopper = None
        self.number = next_id(self.environment.runner)
        self.client.verify = os.environ.get("DRILL_TRUST_ANY_CERTIFICATE") != "on"
        # Cookies are kept by the rules of a browser, which are not those of the library.
        self.client.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.jar = CookieJar()

    def extra_headers(self):
        return {}

    def send(self, method, path, json=None, form=None):
        headers = {"accept": "application/json, text/html;q=0.9", **self.extra_headers()}
        if method == "POST":
            headers.setdefault("origin", self.host.rstrip("/"))
        asked = headers.get("host", urlsplit(self.host).hostname)
        cookies = self.jar.header(asked, path)
        if cookies != "":
            headers["cookie"] = cookies
        with self.client.request(
            *(method, path),
            name=f"{method} {path}",
            headers=headers,
            json=json,
            data=form,
            timeout=PATIENCE_SECONDS,
            allow_redirects=False,
            catch_response=True,
        ) as response:
            if response.status_code == 0:
                return drill.Answer(0, gave_up=isinstance(response.error, requests.exceptions.Timeout))
            if response.status_code < 400:
                response.success()
            for cookie in response.raw.headers.getlist("set-cookie"):
                self.jar.store(cookie, asked, path)
            body = response.text
            if "json" in response.headers.get("content-type", ""):
                try:
                    body = response.json()
                except ValueError:
                    body = None
            process = response.headers.get("x-instance-id")
            return drill.Answer(
                response.status_code, body, process and process[:16], response.headers.get("x-region")
            )

    def turn(self, step):
        """Called before each step. Where the order must repeat, an emulation waits here."""

    def turned(self, step):
        """Called after each step."""

    def step(self, name, act):
        self.turn(name)
        try:
            return act()
        finally:
            self.turned(name)

    def left(self, until):
        return state["begun"] + until - time.monotonic()

    def wait_until(self, seconds):
        while (left := self.left(seconds)) > 0:
            gevent.sleep(min(left, 1))

    def read_catalogue(self):
        """As somebody else: a cookie of its answer would choose the shopper's instance."""
        while state["catalogue"] is None:
            answer = self.send("GET", "/api/products")
            self.jar = CookieJar()
            products = answer.body if answer.is_good and isinstance(answer.body, list) else []
            ids = [str(product["id"]) for product in products if isinstance(product, dict) and "id" in product]
            if ids:
                state["catalogue"] = ids
            elif self.left(PLAN["fillSeconds"]) <= 0:
                return False
            else:
                gevent.sleep(1)
        return True

    @task
    def shop(self):
        if self.done:
            # Whoever stopped would be replaced by somebody who was promised nothing.
            gevent.sleep(1)
            return
        self.done = True
        if not self.read_catalogue():
            log.error("%s does not answer as the shop does: /api/products must be a list of products", self.host)
            return
        shopper = drill.Shopper(self.number, PLAN["seed"], state["catalogue"], self.send, lambda: time.monotonic() - state["begun"])
        self.step("arrive", shopper.arrive)
        for number in range(drill.FILL_ROUNDS):
            self.step(f"fill {number}", lambda: shopper.fill(number))
        self.step("open form", shopper.open_form)
        if self.left(PLAN["fillSeconds"]) < 0:
            # Locust puts new shoppers in the place of those whose engine ended. They were promised nothing before something broke.
            say(self.environment, {"kind": "late", "id": self.number})
            self.report("ledger-cart-kept", f"shopper {self.number}: the cart was filled too late")
            return
        self.wait_until(PLAN["fillSeconds"])
        if not state["announced"]:
            state["announced"] = True
            log.info("carts are filled: break something now, within %s s", PLAN["watchSeconds"])
        self.go_on(shopper)
        self.step("send form", shopper.send_form)
        self.step("buy", shopper.buy)
        found = self.step("look", lambda: shopper.look() or shopper.look())
        lost, gone = shopper.ledger.judge(found[0]) if found else (False, 0)
        later = self.step("look again", lambda: shopper.look() if lost else None)
        say(self.environment, shopper.evidence(found, later))
        self.report("ledger-cart-kept", None if found and not lost else f"shopper {self.number}: cart lost or not shown")
        self.report("ledger-adds-kept", None if found and gone == 0 else f"shopper {self.number}: {gone} adds gone")

    def go_on(self, shopper):
        random = drill.Random(PLAN["seed"], "thinking", self.number)
        least, most = PLAN["thinkMs"]
        audit_at = PLAN["fillSeconds"] + PLAN["watchSeconds"]
        pause = random.between(0, most)
        while self.left(audit_at) > pause / 1000:
            gevent.sleep(pause / 1000)
            shopper.go_on(random, PLAN["mayAdd"])
            pause = random.between(least, most)
        # Not all at the same moment: a crowd that comes at once would be a fault of its own.
        self.wait_until(audit_at + random.next() * PLAN["auditSeconds"] / 3)

    def report(self, name, problem):
        """A request of its own name in the results, so that Azure's failure criteria see the ledger."""
        self.environment.events.request.fire(
            request_type="LEDGER",
            name=name,
            response_time=0,
            response_length=0,
            exception=AssertionError(problem) if problem else None,
            context={},
        )
