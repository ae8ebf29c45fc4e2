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
        return _png(title)
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
def _png(name: str) -> bytes:
    """A plain picture that suits its file name: an emblem, a portrait, a chart, a map, else a landscape."""
    words = (("quoc-huy", _emblem), ("logo", _emblem), ("ld", _portrait), ("so-do", _chart), ("ban-do", _map))
    paint = next((paint for word, paint in words if name.startswith(word)), _landscape)
    width, height = (120, 150) if paint is _portrait else (120, 120) if paint is _emblem else (240, 135)
    seed = sum(name.encode())
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            rows += bytes(paint(x, y, seed))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    )


def _landscape(x: int, y: int, seed: int) -> tuple[int, int, int]:
    hue = seed % 60
    if y < 50 + abs((x + seed * 3) % 120 - 60) // 2:
        return 150 + hue, 200, 235
    return (70, 110 + hue, 120) if y < 95 else (90 + hue, 150, 80)


def _emblem(x: int, y: int, seed: int) -> tuple[int, int, int]:
    far = (x - 60) ** 2 + (y - 60) ** 2
    if far > 58**2:
        return 255, 255, 255
    return (200, 20, 25) if 26**2 < far < 50**2 else (250, 210, 70)


def _portrait(x: int, y: int, seed: int) -> tuple[int, int, int]:
    if (x - 60) ** 2 + (y - 58) ** 2 < 27**2:
        return 226, 190, 160
    return (45, 55, 90 + seed % 40) if (x - 60) ** 2 + (y - 150) ** 2 < 58**2 else (205, 216, 226)


def _chart(x: int, y: int, seed: int) -> tuple[int, int, int]:
    if (90 < x < 150 and 8 < y < 34) or (y in range(85, 112) and x % 60 in range(8, 52)):
        return 70, 120, 190
    line = (x == 120 and 34 <= y < 60) or (y == 60 and 30 <= x <= 210) or (x % 60 == 30 and 60 <= y < 85)
    return (80, 80, 80) if line else (255, 255, 255)


def _map(x: int, y: int, seed: int) -> tuple[int, int, int]:
    if abs(x - 120) + 2 * abs(y - 67) > 110 + (x * y) % 7:
        return 235, 243, 250
    return ((250, 225, 160), (200, 230, 170), (240, 195, 185), (195, 215, 240))[(x // 55 + y // 42 * 3) % 4]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
