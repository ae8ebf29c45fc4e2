"""Pages that do not exist are recognised however the portal says it; real ones are not mistaken for them."""

from __future__ import annotations

from core.page import Outcome
from crawler.soft404 import is_home_like, probes
from tests.crawler.little import LittlePortal, Reply, page, visit, words

MENU = {"/": "Trang chủ", "/gioi-thieu": "Giới thiệu", "/hoi-dap": "Hỏi đáp", "/cong-bao": "Công báo"}


def real_pages(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Trang chủ", words("tin"), menu=MENU)
    portal.pages["/gioi-thieu"] = page("Giới thiệu", menu=MENU)
    portal.pages["/hoi-dap"] = page("Hỏi đáp", "<p>Nội dung đang được cập nhật.</p>", menu=MENU)


def test_honest_404(portal: LittlePortal) -> None:
    real_pages(portal)
    done = visit(portal).evidence
    assert done.facts["crawl.soft404"] == "none"
    assert done.fetches[f"{portal.root}/cong-bao"].outcome is Outcome.NOT_FOUND
    assert len(done.pages) == 3


def test_200_that_says_not_found(portal: LittlePortal) -> None:
    real_pages(portal)
    portal.otherwise = lambda method, path: page(
        "Thông báo", f"<p>Không tìm thấy trang {path} mà bạn yêu cầu.</p>", menu=MENU
    )
    done = visit(portal).evidence
    assert done.facts["crawl.soft404"] == "status"
    assert done.fetches[f"{portal.root}/cong-bao"].outcome is Outcome.SOFT_404
    assert done.page(f"{portal.root}/cong-bao") is None
    assert done.page(f"{portal.root}/hoi-dap") is not None
    assert len(done.pages) == 3


def test_200_with_the_template_and_nothing_in_it(portal: LittlePortal) -> None:
    real_pages(portal)
    portal.otherwise = lambda method, path: page(
        "Cổng thông tin điện tử", "<p>Mời bạn chọn mục trong trình đơn.</p>", menu=MENU
    )
    done = visit(portal).evidence
    assert done.fetches[f"{portal.root}/cong-bao"].outcome is Outcome.SOFT_404
    assert len(done.pages) == 3


def test_redirect_to_the_home_page(portal: LittlePortal) -> None:
    real_pages(portal)
    portal.pages["/index.html"] = Reply("", 301, headers={"Location": "/"})
    portal.pages["/"] = page("Trang chủ", words("tin"), menu=MENU | {"/index.html": "Trang nhất"})
    portal.otherwise = lambda method, path: Reply("", 301, headers={"Location": "/"})
    done = visit(portal).evidence
    assert done.facts["crawl.soft404"] == "redirect"
    fetch = done.fetches[f"{portal.root}/cong-bao"]
    assert fetch.outcome is Outcome.REDIRECT_HOME and fetch.final_url == portal.url
    assert done.page(f"{portal.root}/cong-bao") is None
    assert done.page(f"{portal.root}/index.html") is done.home
    assert done.facts["crawl.robots"] == "html"


def test_redirect_to_an_error_page(portal: LittlePortal) -> None:
    real_pages(portal)
    portal.pages["/Pages/loi.aspx"] = page("Lỗi", "<p>Xin lỗi, đã có lỗi xảy ra với yêu cầu của bạn.</p>")
    portal.otherwise = lambda method, path: Reply("", 302, headers={"Location": "/Pages/loi.aspx"})
    done = visit(portal).evidence
    assert done.fetches[f"{portal.root}/cong-bao"].outcome is Outcome.SOFT_404
    assert len(done.pages) == 3


def test_the_home_page_served_everywhere(portal: LittlePortal) -> None:
    real_pages(portal)
    home = portal.pages["/"]
    portal.otherwise = lambda method, path: home
    done = visit(portal).evidence
    assert done.fetches[f"{portal.root}/cong-bao"].outcome is Outcome.SOFT_404
    assert len(done.pages) == 3


def test_an_application_shell_beside_real_pages(portal: LittlePortal) -> None:
    real_pages(portal)
    portal.otherwise = lambda method, path: (
        '<html><head><title>app</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>'
    )
    done = visit(portal).evidence
    assert done.fetches[f"{portal.root}/cong-bao"].outcome is Outcome.SOFT_404
    assert len(done.pages) == 3


def test_a_portal_that_is_all_shell_is_not_called_missing(portal: LittlePortal) -> None:
    portal.otherwise = lambda method, path: (
        '<html><head><title>Cổng</title></head><body><div id="root"></div><noscript>'
        '<a href="/gioi-thieu">Giới thiệu</a></noscript><script src="/app.js"></script></body></html>'
    )
    done = visit(portal).evidence
    assert done.home is not None
    assert Outcome.SOFT_404 not in {f.outcome for u, f in done.fetches.items() if "khong-co" not in u}


def test_empty_sections_of_one_template_stay_pages(portal: LittlePortal) -> None:
    real_pages(portal)
    for path, title in (("/gioi-thieu", "Giới thiệu"), ("/hoi-dap", "Hỏi đáp"), ("/cong-bao", "Công báo")):
        portal.pages[path] = page(title, "<p>Nội dung đang được cập nhật.</p>", menu=MENU)
    portal.otherwise = lambda method, path: page("Không tìm thấy", "<p>Nội dung không tồn tại.</p>", menu=MENU)
    done = visit(portal).evidence
    assert len(done.pages) == 4


def test_an_empty_list_is_not_a_missing_page(portal: LittlePortal) -> None:
    real_pages(portal)
    portal.pages["/cong-bao"] = page("Công báo", "<p>Không tìm thấy dữ liệu phù hợp.</p>", menu=MENU)
    done = visit(portal).evidence
    assert done.page(f"{portal.root}/cong-bao") is not None


def test_same_content_under_two_addresses_is_one_page(portal: LittlePortal) -> None:
    real_pages(portal)
    portal.pages["/gioi-thieu"] = page("Giới thiệu", words("giới thiệu", 200), menu=MENU)
    portal.pages["/cong-bao"] = portal.pages["/gioi-thieu"]
    done = visit(portal).evidence
    assert len(done.pages) == 3
    assert done.page(f"{portal.root}/cong-bao") is done.page(f"{portal.root}/gioi-thieu") is not None


def test_probes_are_the_same_every_day() -> None:
    assert probes("http://a.vn/", "http://a.vn/web/tin-tuc.aspx") == probes(
        "http://a.vn/x", "http://a.vn/web/tin-tuc.aspx"
    )
    root, below = probes("http://a.vn/", "http://a.vn/web/tin-tuc.aspx")
    assert root.startswith("http://a.vn/khong-co-trang-") and "." not in root.removeprefix("http://a.vn")
    assert below.startswith("http://a.vn/web/khong-co-muc-") and below.endswith(".aspx")


def test_names_of_the_home_page() -> None:
    for path in ("", "index.php", "Default.aspx", "trang-chu", "web/guest/home"):
        assert is_home_like(f"http://a.vn/{path}", "http://a.vn/")
    assert not is_home_like("http://a.vn/gioi-thieu", "http://a.vn/")
