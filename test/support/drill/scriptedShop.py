"""The shoppers of the load test in a shop that answers by a script: what they did and what their ledgers say, as JSON."""

import json
import sys

given = json.load(sys.stdin)
sys.path.insert(0, given["scripts"])

import cookies  # noqa: E402
import shopper as drill  # noqa: E402


def shopped(case):
    statuses, cart, sent = iter(case["statuses"]), {}, []

    def send(method, path, json=None, form=None):
        status = next(statuses, 200)
        sent.append([method, path, json or form])
        process = f"p{len(sent) % 3}"
        if status != 200:
            # What fails with 500 empties the cart, as an instance that ends; with 503 its first product is gone.
            if status == 500:
                cart.clear()
            if status == 503 and cart:
                del cart[next(iter(cart))]
            return drill.Answer(status, None, process if status else None)
        if path == "/":
            return drill.Answer(200, case["page"], process)
        if path == "/api/checkout":
            cart.clear()
            return drill.Answer(200, {}, process)
        if method == "POST":
            product = (json or form)["productId"]
            cart[product] = cart.get(product, 0) + 1
        items = [{"productId": product, "quantity": count} for product, count in cart.items()]
        return drill.Answer(200, {"items": items}, process)

    one = drill.Shopper(case["id"], case["seed"], case["catalogue"], send)
    one.arrive()
    for number in range(drill.FILL_ROUNDS):
        one.fill(number)
    one.open_form()
    random = drill.Random(case["seed"], "thinking", case["id"])
    for _ in range(case["acts"]):
        one.go_on(random, case["mayAdd"])
    one.send_form()
    one.buy()
    found = one.look() or one.look()
    lost, gone = one.ledger.judge(found[0]) if found else (False, 0)
    return {"sent": sent, "evidence": one.evidence(found, None), "lost": lost, "gone": gone}


def kept(case):
    jar = cookies.CookieJar()
    stored = [jar.store(*each) for each in case["stored"]]
    return {"stored": stored, "headers": [jar.header(*each) for each in case["asked"]]}


def drawn(labels):
    stream = drill.Random(*labels)
    return [stream.next(), stream.between(300, 900), stream.pick(["a", "b", "c"]), stream.next()]


json.dump(
    {
        "shopped": [shopped(case) for case in given["shops"]],
        "kept": [kept(case) for case in given["jars"]],
        "drawn": [drawn(labels) for labels in given["streams"]],
    },
    sys.stdout,
)
