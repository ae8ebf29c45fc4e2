"""Hosts whose scripts a page loads, and to which its measuring codes report."""

import pytest

from crawler.extract.page import extract

URL = "https://tinh.gov.vn/"


@pytest.mark.parametrize(
    ("head", "hosts"),
    [
        ('<script src="https://do.gov.vn/a.js"></script>', ("do.gov.vn",)),
        ('<script src="//www.do.gov.vn/a.js"></script><script src="https://do.gov.vn/b.js"></script>', ("do.gov.vn",)),
        ('<script src="/js/a.js"></script><script src="js/b.js"></script>', ()),
        (
            "<script>x.push(['setTrackerUrl', 'https://do.gov.vn/t']); x.push(['setSiteId', '3']);</script>",
            ("do.gov.vn",),
        ),
        ('<script>x.push(["setTrackerUrl","//do.gov.vn/t"]),x.push(["setSiteId","3"])</script>', ("do.gov.vn",)),
        ("<script>x.push(['setTrackerUrl', 'https://do.gov.vn/t']); x.push(['setSiteId', '']);</script>", ()),
        ("<script>\n// x.push(['setTrackerUrl', 'https://do.gov.vn/t']);\n</script>", ()),
        ("<script>/* x.push(['setTrackerUrl', 'https://do.gov.vn/t']); */</script>", ()),
        ("<!-- <script>x.push(['setTrackerUrl', 'https://do.gov.vn/t']);</script> -->", ()),
        ("<script>var trang = 'https://khac.gov.vn/';</script>", ()),
        ('<script src="https://[hong/a.js"></script>', ()),
    ],
)
def test_hosts_of_scripts(head: str, hosts: tuple[str, ...]) -> None:
    page = extract(f"<head>{head}</head><body><p>Chào mừng</p></body>".encode(), URL, content_type="text/html")
    assert page.script_hosts == hosts
