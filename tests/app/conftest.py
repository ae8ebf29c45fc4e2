"""Real local portals for tests that run the real command."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PAGES = {
    "/": '<title>Sở Thử nghiệm</title><nav><a href="/">Trang chủ</a> <a href="/tin-tuc">Tin tức</a></nav>'
    "<main><h1>Sở Thử nghiệm</h1><p>Chào mừng đến với cổng thông tin của Sở Thử nghiệm.</p></main>",
    "/tin-tuc": "<title>Tin tức</title><main><h1>Tin tức</h1><ul><li><a href='/a'>Sở họp giao ban tháng</a>"
    " <span>01/11/2026</span></li></ul></main>",
    "/a": "<title>Sở họp giao ban tháng</title><main><h1>Sở họp giao ban tháng</h1>"
    "<p>Ngày 01/11/2026, Sở họp.</p></main>",
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        text = PAGES.get(self.path)
        body = (text or "<title>404</title>Không tìm thấy").encode()
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def tiny_portal() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()
