"""A browser's cookie rules, as far as they decide who keeps which cookie: the same as the drill's (RFC 6265, section 5.3)."""

import re
import time
from email.utils import parsedate_to_datetime

# Names below these belong to different owners, so no cookie may cover one: the few of publicsuffix.org that matter here.
PUBLIC_SUFFIXES = {"azurewebsites.net", "azurefd.net", "example", "net", "com"}


class CookieJar:
    def __init__(self):
        self._cookies = {}
        self._seen = 0

    def store(self, set_cookie, host, path):
        """Takes a Set-Cookie header of an answer from the host; False: a browser refuses this cookie."""
        pair, *rest = set_cookie.split(";")
        name, equals, value = pair.partition("=")
        name = name.strip()
        if equals == "" or name == "":
            return False
        attributes = {}
        for text in rest:
            key, _, given = text.partition("=")
            attributes[key.strip().lower()] = given.strip()
        if attributes.get("samesite", "").lower() == "none" and "secure" not in attributes:
            return False
        domain = re.sub(r"^\.", "", attributes.get("domain", "").lower())
        own = host.lower()
        if domain != "" and not _domain_matches(own, domain):
            return False
        if domain in PUBLIC_SUFFIXES and domain != own:
            return False
        under = attributes.get("path", "")
        if not under.startswith("/"):
            under = path[: path.rfind("/")] if path.rfind("/") > 0 else "/"
        key = (name, domain or own, under)
        if _is_expired(attributes):
            self._cookies.pop(key, None)
            return True
        order = self._cookies[key][2] if key in self._cookies else self._seen
        self._seen += 1
        self._cookies[key] = (value.strip(), domain == "" or domain in PUBLIC_SUFFIXES, order)
        return True

    def header(self, host, path):
        """The Cookie header of a request; empty if no cookie belongs to it."""
        fitting = [
            (-len(under), order, f"{name}={value}")
            for (name, domain, under), (value, host_only, order) in self._cookies.items()
            if (host.lower() == domain if host_only else _domain_matches(host, domain)) and _path_matches(path, under)
        ]
        return "; ".join(pair for _length, _order, pair in sorted(fitting))


def _is_expired(attributes):
    """Max-Age wins over Expires; neither: the cookie lasts as long as the browser runs."""
    age = attributes.get("max-age")
    if age is not None and re.fullmatch(r"-?\d+", age):
        return int(age) <= 0
    try:
        return parsedate_to_datetime(attributes.get("expires", "")).timestamp() <= time.time()
    except (TypeError, ValueError):
        return False


def _domain_matches(host, domain):
    own = host.lower()
    return own == domain or (own.endswith(f".{domain}") and not re.fullmatch(r"[\d.]+", own))


def _path_matches(path, under):
    return path == under or (path.startswith(under) and (under.endswith("/") or path[len(under) : len(under) + 1] == "/"))
