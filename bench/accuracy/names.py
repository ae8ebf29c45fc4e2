"""A resolver on the loopback under which every host name of the corpus is at home."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


@contextmanager
def resolving(hosts: frozenset[str]) -> Iterator[str]:
    """``HOST:PORT`` of a resolver that says 127.0.0.1 for ``hosts`` and "no such name" for all others."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.bind(("127.0.0.1", 0))
        threading.Thread(target=_answer, args=(asked, hosts), daemon=True).start()
        yield f"127.0.0.1:{asked.getsockname()[1]}"


def _answer(asked: socket.socket, hosts: frozenset[str]) -> None:
    while True:
        try:
            data, sender = asked.recvfrom(4096)
            query = dns.message.from_wire(data)
        except OSError:
            return  # closed: the audit is over
        except dns.exception.DNSException:
            continue
        reply = dns.message.make_response(query, recursion_available=True)
        question = query.question[0]
        if question.name.to_text(omit_final_dot=True).lower() not in hosts:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        elif question.rdtype == dns.rdatatype.A:
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", "A", "127.0.0.1"))
        asked.sendto(reply.to_wire(), sender)
