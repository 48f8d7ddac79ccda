"""A shopper of the drill: what it does, what it was promised, and what it finds.

The same seed gives the same shopper doing the same things as in `npm run drill`. This file sends nothing by itself and needs
nothing but Python, so a test can compare it with the drill.
"""

import re

MASK = 0xFFFFFFFF

FILL_ROUNDS = 4
CERTAIN_ROUNDS = 2
ORDERS_ONE_IN = 6
FORM_ONE_IN = 4
BUYS_ONE_IN = 3

COUNTS = (
    "requests",
    "requestsFailed",
    "outages",
    "unanswered",
    "retriedSuccesses",
    "ambiguousAdds",
    "forms",
    "formsRefused",
    "checkouts",
    "staleReads",
)


def _imul(a, b):
    return (a * b) & MASK


def hash_of(text):
    """32-bit FNV-1a, scrambled."""
    found = 0x811C9DC5
    for character in text:
        found = _imul(found ^ ord(character), 0x01000193)
    found = _imul(found ^ (found >> 16), 0x85EBCA6B)
    found = _imul(found ^ (found >> 13), 0xC2B2AE35)
    return found ^ (found >> 16)


class Random:
    """The stream that belongs to a seed and labels (mulberry32)."""

    def __init__(self, seed, *labels):
        self._state = hash_of("/".join(str(part) for part in (seed, *labels)))

    def next(self):
        self._state = (self._state + 0x6D2B79F5) & MASK
        mixed = _imul(self._state ^ (self._state >> 15), self._state | 1)
        mixed ^= (mixed + _imul(mixed ^ (mixed >> 7), mixed | 61)) & MASK
        return (mixed ^ (mixed >> 14)) / 2**32

    def between(self, low, high):
        return low + int(self.next() * (high - low + 1))

    def pick(self, items):
        return items[int(self.next() * len(items))]


def units_of(adds):
    units = {}
    for product, _when, _process in adds:
        units[product] = units.get(product, 0) + 1
    return units


def missing(found, promised):
    return sum(max(0, count - found.get(product, 0)) for product, count in promised.items())


def units_in(body):
    """The cart of an answer by the API, or None if it has none."""
    items = body.get("items") if isinstance(body, dict) else None
    if not isinstance(items, list):
        return None
    units = {}
    for item in items:
        if not isinstance(item, dict) or "productId" not in item or "quantity" not in item:
            return None
        units[str(item["productId"])] = item["quantity"]
    return units


class Ledger:
    """What was acknowledged to one shopper, and what was seen of it."""

    def __init__(self):
        self.adds = []
        self.ambiguous = []
        self.ordered = 0
        self.counts = dict.fromkeys(COUNTS, 0)

    def count(self, what):
        self.counts[what] += 1

    def acknowledge(self, product, when, process):
        self.adds.append((product, when, process))

    def doubt(self, product):
        self.count("ambiguousAdds")
        self.ambiguous.append(product)

    def order(self):
        self.ordered += len(self.adds)
        self.adds = []
        self.count("checkouts")

    def promised(self):
        return units_of(self.adds)

    def see(self, found, promised_before):
        if missing(found, promised_before) > 0:
            self.count("staleReads")

    def judge(self, found):
        """Whether the cart is lost, and how many acknowledged adds are gone from a cart that is not."""
        before = units_of(add for add in self.adds if add[1] != "after")
        lost = len(before) > 0 and all(found.get(product, 0) == 0 for product in before)
        return lost, 0 if lost else missing(found, self.promised())


class Answer:
    """What came back. Status 0: no answer."""

    def __init__(self, status, body=None, process=None, region=None, gave_up=False):
        self.status = status
        self.body = body
        self.process = process
        self.region = region
        self.gave_up = gave_up

    @property
    def is_good(self):
        return 200 <= self.status < 400

    @property
    def is_outage(self):
        return self.status == 0 or self.status >= 500


def form_that_adds(page, product):
    """Path and fields of the form that adds the product, or None. Enough of HTML for the shop's own pages."""
    if not isinstance(page, str):
        return None
    for form in re.findall(r"<form\b[\s\S]*?</form>", page, re.I):
        fields = {}
        for tag in re.findall(r"<input\b[^>]*>", form, re.I):
            name = _attribute(tag, "name")
            if name is not None:
                fields[name] = _attribute(tag, "value") or ""
        action = _attribute(re.search(r"<form\b[^>]*>", form, re.I).group(0), "action")
        if action is not None and fields.get("productId") == product:
            return action, fields
    return None


def _attribute(tag, name):
    found = re.search(r'\s%s="([^"]*)"' % name, tag, re.I)
    return found.group(1) if found else None


class Shopper:
    """One shopper. `send(method, path, json=None, form=None)` returns an Answer; `now()` the seconds since the start."""

    def __init__(self, shopper_id, seed, catalogue, send, now=lambda: 0.0):
        self.id = shopper_id
        self._now = now
        self._failures = None
        self.ledger = Ledger()
        self.random = Random(seed, "shopper", shopper_id)
        self.regions = {}
        self._send = send
        half = max(1, len(catalogue) // 2)
        self._goods = catalogue[:half]
        rest = max(1, len(catalogue) - half)
        kept = lambda index: catalogue[half + index % rest] if half + index % rest < len(catalogue) else ""
        self._product_of = {"after": kept(1), "form": kept(2)}
        self._form = None

    def send(self, method, path, **content):
        answer = self._send(method, path, **content)
        if answer.process is not None and answer.region is not None:
            self.regions[answer.process] = answer.region
        return answer

    def _failed(self, answer):
        self.ledger.count("requestsFailed")
        if answer.is_outage:
            self.ledger.count("outages")
            at = round(self._now(), 1)
            self._failures = [self._failures[0] if self._failures else at, at]
        if answer.gave_up:
            self.ledger.count("unanswered")

    def _get(self, path):
        self.ledger.count("requests")
        first = self.send("GET", path)
        if first.is_good:
            return first
        self._failed(first)
        if self.id % 2 != 0:
            return None
        again = self.send("GET", path)
        if not again.is_good:
            return None
        self.ledger.count("retriedSuccesses")
        return again

    def look(self):
        """What the cart holds and who said so, or None: no answer."""
        promised = self.ledger.promised()
        answer = self._get("/api/cart")
        units = units_in(answer.body) if answer else None
        if units is None:
            return None
        self.ledger.see(units, promised)
        return units, answer.process or "unnamed"

    def _send_add(self, path, content, product, when):
        promised = self.ledger.promised()
        self.ledger.count("requests")
        answer = self.send("POST", path, **content)
        if not answer.is_good:
            if answer.is_outage:
                self.ledger.doubt(product)
            self._failed(answer)
            return answer
        self.ledger.acknowledge(product, when, answer.process or "unnamed")
        units = units_in(answer.body)
        if units is not None:
            self.ledger.see(units, promised)
        return answer

    def _add(self, product, when):
        self._send_add("/api/cart/items", {"json": {"productId": product, "quantity": 1}}, product, when)

    def _check_out(self):
        self.ledger.count("requests")
        answer = self.send("POST", "/api/checkout", json={})
        if answer.is_good:
            self.ledger.order()
        else:
            self._failed(answer)

    def arrive(self):
        self._get("/")

    browse = arrive

    def fill(self, number):
        # Drawn in any case, so that the stream does not depend on what was answered.
        adds, looks, product = self.random.next() < 0.5, self.random.next() < 0.3, self.random.pick(self._goods)
        orders = self.id % ORDERS_ONE_IN == ORDERS_ONE_IN - 1
        if orders and number == CERTAIN_ROUNDS:
            self._check_out()
        if number < CERTAIN_ROUNDS or adds or orders:
            self._add(product, "before")
        if looks:
            self.look()

    def open_form(self):
        if self.id % FORM_ONE_IN != 0:
            return
        answer = self._get("/")
        self._form = form_that_adds(answer.body, self._product_of["form"]) if answer else None

    def go_on(self, random, may_add):
        """One act of a shopper who goes on while something breaks."""
        act = random.next()
        if act < 0.2:
            self.browse()
        elif act < 0.4 and may_add:
            self._add(self._product_of["after"], "after")
        else:
            self.look()

    def send_form(self):
        if self._form is None:
            return
        action, fields = self._form
        self._form = None
        self.ledger.count("forms")
        product = self._product_of["form"]
        answer = self._send_add(action, {"form": {**fields, "quantity": "1"}}, product, "after")
        if answer.status == 403:
            self.ledger.count("formsRefused")

    def buy(self):
        if self.id % BUYS_ONE_IN == 0:
            self._add(self._product_of["after"], "after")

    def evidence(self, found, later):
        """All that a judge needs, as JSON. `found` and `later`: what two looks showed, or None."""
        return {
            "kind": "shopper",
            "id": self.id,
            "adds": [list(add) for add in self.ledger.adds],
            "ordered": self.ledger.ordered,
            "ambiguous": self.ledger.ambiguous,
            "counts": self.ledger.counts,
            "found": found[0] if found else None,
            "by": found[1] if found else None,
            "later": later[0] if later else None,
            "regions": self.regions,
            # Seconds of the first request without an answer, or with one of 500 and above, and of the last.
            "failed": self._failures,
        }
