"""Small valid files made in code, so that a demo portal needs no binary data."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from functools import cache

TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
    "png": "image/png",
}


def make_file(kind: str, title: str) -> bytes:
    """The bytes of a file of this kind that carries ``title``."""
    if kind == "pdf":
        return _pdf(title)
    if kind == "doc":
        return _rtf(title)
    if kind == "png":
        return _png(sum(title.encode()) % 360)
    return _zip(title, word=kind == "docx")


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if ord(c) < 127 and c not in "()\\{}")


def _pdf(title: str) -> bytes:
    stream = f"BT /F1 14 Tf 72 760 Td ({_plain(title)[:80]}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _rtf(title: str) -> bytes:
    """Word opens RTF under the name .doc, and so do many offices that save it that way."""
    text = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in title)
    return f"{{\\rtf1\\ansi\\deff0 {{\\fonttbl {{\\f0 Times New Roman;}}}}\\f0 {text}\\par }}".encode("ascii")


def _zip(title: str, word: bool) -> bytes:
    buffer = io.BytesIO()
    ns = "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if not word:
            archive.writestr(zipfile.ZipInfo("noi-dung.txt"), title)
            return _closed(archive, buffer)
        types = (
            f'<Types xmlns="{ns}/package/2006/content-types"><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
        )
        rels = (
            f'<Relationships xmlns="{ns}/package/2006/relationships"><Relationship Id="r1" Type="{ns}/officeDocument'
            '/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
        )
        safe = title.replace("&", "&amp;").replace("<", "&lt;")
        body = (
            f'<w:document xmlns:w="{ns}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{safe}</w:t></w:r></w:p>'
            "</w:body></w:document>"
        )
        parts = {"[Content_Types].xml": types, "_rels/.rels": rels, "word/document.xml": body}
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + text)
        return _closed(archive, buffer)


def _closed(archive: zipfile.ZipFile, buffer: io.BytesIO) -> bytes:
    archive.close()
    return buffer.getvalue()


@cache
def _png(seed: int, width: int = 240, height: int = 135) -> bytes:
    """A plain landscape: sky, two ridges and a field, its colours drawn from ``seed``."""
    hue = seed % 60
    sky, ridge, field = (150 + hue, 200, 235), (70, 110 + hue, 120), (90 + hue, 150, 80)
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            crest = 50 + abs((x + seed * 3) % 120 - 60) // 2
            rows += bytes(sky if y < crest else ridge if y < 95 else field)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
