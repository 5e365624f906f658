"""Which network address a name leads to, and whether it may be asked."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from summarizer.errors import PageError

# Addresses that carry an IPv4 address in their last 32 bits: NAT64 (RFC 6052, RFC 8215) and IPv4-compatible (RFC 4291).
_EMBEDDING = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))
_LAST_32_BITS = 0xFFFFFFFF


async def address_of(host: str, port: int, url: str, *, allow_private: bool) -> str:
    """The address to connect to for a host; every address that the name has must be one that may be asked.

    Whoever connects must connect to this very address: the name may lead elsewhere when it is asked again.

    Raises:
        PageError: there is no such host, or it has an address of this machine or of a private network.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise PageError(url, f"no address for {host}: {error}", kind="unavailable") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not allow_private and not is_public(address):
            reason = f"{host} leads to {address}, which is no public address; fetch.allow_private would allow it"
            raise PageError(url, reason, kind="refused")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address, and every IPv4 address inside it, belongs to the public internet."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return "%" not in address and all(each.is_global and not each.is_multicast for each in _all_in(parsed))


def _all_in(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    else:
        yield address
        if address.sixtofour is not None:
            yield address.sixtofour
        if address.teredo is not None:
            yield from address.teredo
        if any(address in network for network in _EMBEDDING):
            yield IPv4Address(int(address) & _LAST_32_BITS)
