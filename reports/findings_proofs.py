"""Evidence on paper: a line or two for each duty; all of it stays in ``report.json`` and ``report.xlsx``."""

from __future__ import annotations

from core.finding import Candidate, Finding, Proof, Verdict
from reports import words
from reports.addresses import readable
from reports.findings_voice import Voice
from reports.paper import SMALL, Block, Para, Table, clean

#: Pieces of evidence told of one duty.
_PROOFS = 2
#: Kinds of evidence that are told by their address.
_PLACES = ("page", "link")


def proofs(voice: Voice) -> tuple[str, bool, list[Block]]:
    """The title, whether it is a wide page, and the table."""
    rows: list[tuple[str, ...]] = []
    for f in voice.audit.findings:
        lines = _lines(voice, f)
        if lines:
            rows.append((str(len(rows) + 1), voice.title(f), "\n".join(lines)))
    if not rows:
        return voice.say("proofs"), False, [Para(voice.say("weak_none"))]
    heads = voice.heads("number_head", "duty", "proof")
    table = Table(heads, tuple(rows), (0.07, 0.33, 0.6), ("center", "left", "left"), size=SMALL)
    return voice.say("proofs"), False, [Para(voice.say("proofs_words"), "note"), table]


def _lines(voice: Voice, f: Finding) -> list[str]:
    shown = _telling(f.evidence)
    lines = [_proof(voice, proof) for proof in shown]
    if len(f.evidence) > len(shown):
        lines[-1] += f" {voice.say('more_proofs', count=len(f.evidence) - len(shown))}"
    if f.verdict is not Verdict.PASS and not f.evidence:
        lines += [_near(voice, near) for near in f.candidates[:1]]
    return [line for line in lines if line]


def _telling(given: tuple[Proof, ...]) -> list[Proof]:
    """The first of each kind, then the next ones; not a page and the link to it, which say the same."""
    first = list({proof.kind: proof for proof in reversed(given)}.values())[::-1]
    told: list[Proof] = []
    for proof in (*first, *(p for p in given if p not in first)):
        same = proof.kind in _PLACES and any(p.kind in _PLACES and p.url == proof.url for p in told)
        if not same and len(told) < _PROOFS:
            told.append(proof)
    return told


def _proof(voice: Voice, proof: Proof) -> str:
    """Liên kết “Giới thiệu” (trong trình đơn): /gioi-thieu"""
    text = clean(voice.pick(words.proof_text(proof)), 90)
    own = proof.kind in words.OWN_WORDS
    value, where = _value(voice, proof), readable(proof.url, voice.audit.portal.url, 60)
    told = text if own or not text else f"“{text}”"
    if own and told and value:
        told, value = f"{told}: {value}", ""
    told = f"{told} ({value})" if told and value else told or value
    place = "" if proof.kind in ("probe", "search") and told else clean(where)
    kind = voice.word("proof", proof.kind)
    place = voice.say("home_page") if place == "/" else place
    return f"{kind}: {told}; {place}" if told and place else f"{kind}: {told or place}"


def _value(voice: Voice, proof: Proof) -> str:
    """The value in words; an address is one on the portal."""
    given = str(proof.value or "")
    if given.startswith(("http://", "https://")):
        return voice.say("proof_on", page=clean(readable(given, voice.audit.portal.url, 40)))
    return clean(voice.pick(words.proof_value(proof)), 90)


def _near(voice: Voice, near: Candidate) -> str:
    what = clean(near.text, 60) or clean(readable(near.url, voice.audit.portal.url, 60))
    return voice.say("near", text=what, why=voice.pick(near.why_not, 140))
