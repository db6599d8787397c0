"""What a room feels: answers sent when people want to, not when the server is ready for them.

An open loop. Every phone has its own line and thinks between two answers for a random time, so
that together they offer a fixed number of answers a second. The wait counts from the moment at
which a person meant to answer, also when the line was still busy with their last answer.
"""

import asyncio
import random
import time
from dataclasses import dataclass, field

from benchmarks.hall import STATEMENTS, Hall

HEADERS = (
    "Host: {host}\r\nOrigin: http://{host}\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36\r\n"
    "Accept: text/html,application/xhtml+xml\r\nAccept-Language: en-GB,en;q=0.9\r\n"
    "Cookie: csrftoken={csrf}; device={device}\r\n"
)
PATIENCE = 30.0  # seconds; a browser would wait longer


@dataclass
class Seen:
    """What happened to the answers that were offered."""

    waits: list[float] = field(default_factory=list)  # seconds, of those that were taken
    taken: dict[tuple[str, int], int] = field(default_factory=dict)  # device, statement -> choice
    errors: list[str] = field(default_factory=list)
    offered: int = 0


@dataclass(frozen=True)
class Offer:
    """So many answers a second, over so many lines, for so long."""

    per_second: float
    lines: int
    seconds: float
    seed: int = 0

    @property
    def thinking(self) -> float:
        """Seconds that one person thinks, on average."""
        return self.lines / self.per_second


async def offer(hall: Hall, plan: Offer, csrf: str) -> Seen:
    """Connect everybody, then let them answer; only the answering is measured."""
    seen = Seen()
    lines = [
        _Phone(hall, csrf, f"phone-{plan.seed}-{number}", random.Random(plan.seed * 10**6 + number))
        for number in range(plan.lines)
    ]
    for start in range(0, len(lines), 100):
        await asyncio.gather(*(line.connect() for line in lines[start : start + 100]))
    begin = time.perf_counter() + 0.5
    await asyncio.gather(*(line.answer_until(begin, plan, seen) for line in lines))
    return seen


class _Phone:
    def __init__(self, hall: Hall, csrf: str, device: str, chance: random.Random) -> None:
        self.hall, self.csrf, self.device, self.chance = hall, csrf, device, chance
        self.sent = 0
        self.host = f"{hall.host}:{hall.port}"

    async def connect(self) -> None:
        self.reader, self.writer = await asyncio.open_connection(self.hall.host, self.hall.port)

    async def answer_until(self, begin: float, plan: Offer, seen: Seen) -> None:
        meant = begin + self.chance.expovariate(1 / plan.thinking)
        while meant < begin + plan.seconds:
            await asyncio.sleep(max(0.0, meant - time.perf_counter()))
            seen.offered += 1
            await self._answer(meant, seen)
            meant += self.chance.expovariate(1 / plan.thinking)
        self.writer.close()

    async def _answer(self, meant: float, seen: Seen) -> None:
        # Thirty statements, then the next person takes the phone.
        device, statement = f"{self.device}-{self.sent // STATEMENTS}", self.sent % STATEMENTS + 1
        choice = self.chance.choice((-1, 0, 1))
        self.sent += 1
        try:
            async with asyncio.timeout(PATIENCE):
                status = await self._post(device, statement, choice)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as trouble:
            seen.errors.append(type(trouble).__name__)
            await self.connect()
            return
        if status == 303:
            seen.waits.append(time.perf_counter() - meant)
            seen.taken[device, statement] = choice
        else:
            seen.errors.append(str(status))

    async def _post(self, device: str, statement: int, choice: int) -> int:
        body = f"csrfmiddlewaretoken={self.csrf}&statement={statement}&choice={choice}"
        head = HEADERS.format(host=self.host, csrf=self.csrf, device=device)
        self.writer.write(
            f"POST {self.hall.answer_path} HTTP/1.1\r\n{head}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        answer = await self.reader.readuntil(b"\r\n\r\n")
        length = next(
            (
                int(line[15:])
                for line in answer.split(b"\r\n")
                if line[:15].lower() == b"content-length:"
            ),
            0,
        )
        await self.reader.readexactly(length)
        return int(answer[9:12])
