"""Under which addresses is this machine reached? Settled before the settings are read."""

import os
import socket

ANY = ("0.0.0.0", "::")  # noqa: S104  what people type to let a hall in


def lan_address() -> str | None:
    """The address other devices in the same network see us under; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # reserved for documentation: it leads nowhere
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith("127.") else address


def reached_under(host: str) -> str:
    """The name that a browser can be told for what the server listens to."""
    if host in ANY:
        return lan_address() or "127.0.0.1"
    return host


def local_url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def environment(host: str, port: int, base_url: str | None) -> dict[str, str]:
    """What the settings must know: the address on paper, and the names we answer to."""
    name = reached_under(host)
    base = base_url or os.environ.get("COPRODUCE_BASE_URL") or local_url(name, port)
    hosts = {*os.environ.get("COPRODUCE_HOSTS", "").split(","), name} - {""}
    return {"COPRODUCE_BASE_URL": base, "COPRODUCE_HOSTS": ",".join(sorted(hosts))}


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens at this address yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError:
            return False
    return True


def all_urls(host: str, port: int, base_url: str) -> list[str]:
    """Every address worth telling, the one on paper first; each with what it is for."""
    urls = {base_url: "the address on screens and paper"}
    if host in (*ANY, "127.0.0.1", "::1"):
        urls.setdefault(local_url("127.0.0.1", port), "on this machine")
    if host in ANY and (lan := lan_address()):
        urls.setdefault(local_url(lan, port), "for devices in this network")
    width = max(map(len, urls))
    return [f"{url:<{width}}   {what}" for url, what in urls.items()]
