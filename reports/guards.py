"""Which addresses may be asked: public ones of the web only, so that nobody reads a private network through us."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from reports.errors import AddressError

PORTS = {"http": 80, "https": 443}
_METADATA = frozenset({"168.63.129.16", "169.254.169.254", "100.100.100.200", "fd00:ec2::254"})
"""Where clouds tell a machine its secrets; one of them is a public address."""
_TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
"""IPv6 that stands for an IPv4 address: NAT64, 6to4, Teredo and IPv4-compatible."""
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """An address that was checked: its parts, and the one IP address that the connection goes to."""

    parts: SplitResult
    host: str
    port: int
    ip: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Checks addresses; ``allowed`` are pairs of an IP address and a port that are let through, for tests."""

    allowed: frozenset[tuple[str, int]] = frozenset()

    def check(self, address: str) -> Target:
        """Return where to connect for an address, its name resolved once; raises AddressError where that may not be.

        A name that stands for several IP addresses is refused when one of them is not public.
        """
        parts, host, port = _split(address)
        ips = _resolve(address, host, port)
        if not all((ip, port) in self.allowed for ip in ips):
            if port != PORTS[parts.scheme] and port not in PORTS.values():
                raise AddressError(address, f"port {port}", "only ports 80 and 443 are asked")
            for ip in ips:
                if not is_public(ip):
                    raise AddressError(address, f"{ip} is no public address", "save the file, and add it from there")
        return Target(parts, host, port, ips[0])


def is_public(written: str) -> bool:
    """Tell whether an IP address is one of the public network: not private, shared, local, mapped or a cloud's own.

    >>> [is_public(ip) for ip in ("9.9.9.9", "10.0.0.1", "100.64.0.1", "169.254.169.254", "::ffff:9.9.9.9", "::1")]
    [True, False, False, False, False, False]
    """
    try:
        ip: IP = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return False
    if str(ip) in _METADATA or ip.is_multicast or ip.is_reserved or not ip.is_global:
        return False
    return ip.version == 4 or (ip.ipv4_mapped is None and not any(ip in network for network in _TRANSLATED))  # noqa: PLR2004


def _split(address: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError(address, f"no web address ({error})", "write it as https://example.org/report") from error
    if parts.scheme not in PORTS or not host or any(letter.isspace() or ord(letter) < ord("!") for letter in address):
        raise AddressError(address, "no web address", "write it as https://example.org/report")
    if parts.username is not None or parts.password is not None:
        raise AddressError(address, "holds a name or a password", "take it out")
    return parts, host, PORTS[parts.scheme] if port is None else port


def _resolve(address: str, host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressError(address, f"no machine of the name {host}", "check the address and the network") from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))
