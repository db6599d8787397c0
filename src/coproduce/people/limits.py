"""How often may somebody do something before we ask them to wait?

By what they hold (code, account, browser). By address only far above the size of a hall: five
hundred people behind one router answer in one burst.
"""

import threading
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many in so many seconds, looking back from now."""

    name: str
    most: int
    seconds: int

    def is_reached(self, who: str) -> bool:
        return len(self._lately(who)) >= self.most

    def take(self, who: str) -> bool:
        """Count one more; false, and not counted, if that would be one too many."""
        with _one_at_a_time:
            lately = self._lately(who)
            if len(lately) >= self.most:
                return False
            cache.set(self._key(who), [*lately, time.time()], self.seconds)
            return True

    def _lately(self, who: str) -> list[float]:
        since = time.time() - self.seconds
        return [moment for moment in cache.get(self._key(who), []) if moment > since]

    def _key(self, who: str) -> str:
        # Neither a token nor an address is ever written down, not even for an hour.
        return "limit:" + salted_hmac("coproduce.limits", f"{self.name}:{who}").hexdigest()[:40]


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what a proxy on this machine saw, if it came through one."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if direct in {"127.0.0.1", "::1", ""} and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return direct
