"""What is asked first, what is asked at all, and what is left alone."""

from __future__ import annotations

from core.page import Link, Outcome
from core.plan import Wording
from crawler.fit import EXACT, NOTHING, PHRASE, SLUG, WEAK, Fit
from crawler.frontier import Frontier, Rank, Target, pager_number
from tests.crawler.little import LittlePortal, Reply, page, visit, words

QA = Wording("QA", strong=("hoi dap",), weak=("trao doi",), slugs=("hoi ap",), negatives=("hoi dap noi bo",))
MAP = Wording("MAP", strong=("so do trang",))


def fit(**names: str) -> tuple[int, frozenset[str]]:
    url = names.pop("url", "http://a.vn/x")
    return Fit([QA, MAP]).of_link(Link(url, **names), url)


def test_fit_by_words_picture_and_address() -> None:
    assert fit(text="HỎI – ĐÁP") == (EXACT, frozenset({"QA"}))
    assert fit(text="Chuyên mục hỏi đáp trực tuyến")[0] == PHRASE
    assert fit(title="Hỏi đáp")[0] == EXACT
    assert fit(image="hoi dap")[0] == SLUG
    assert fit(url="http://a.vn/web/hoi-ap")[0] == SLUG
    assert fit(text="Trao đổi")[0] == WEAK
    assert fit(text="Hỏi đáp nội bộ")[0] == NOTHING
    assert fit(text="Ông Nguyễn Văn A dự hội nghị hỏi đáp với cử tri về việc làm đường")[0] == NOTHING


def test_best_first_and_each_address_once() -> None:
    frontier = Frontier()
    root = "http://a.vn"
    assert frontier.push(Target(f"{root}/c", 1, Rank.MENU))
    assert frontier.push(Target(f"{root}/b", 1, Rank.ITEM))
    assert not frontier.push(Target(f"{root}/c", 2, Rank.ITEM))
    assert not frontier.push(Target(f"{root}/b", 1, Rank.MENU_EXACT))  # found again in the menu: moves forward
    order = []
    while (target := frontier.pop(None)) is not None:
        order.append(target.url)
    assert order == [f"{root}/b", f"{root}/c"]
    assert not frontier.push(Target(f"{root}/c", 1, Rank.MENU))


def test_twins_are_other_names_of_the_first() -> None:
    frontier = Frontier()
    frontier.push(Target("http://a.vn/vi/news/bai-1", 2, Rank.ITEM))
    assert not frontier.push(Target("http://a.vn/vi/news/print/bai-1", 2, Rank.ITEM))
    assert frontier.twins == {"http://a.vn/vi/news/print/bai-1": "http://a.vn/vi/news/bai-1"}


def test_facets_and_dates_are_capped() -> None:
    frontier = Frontier()
    added = sum(frontier.push(Target(f"http://a.vn/loc?a={n}&b={n}&c={n}", 2, Rank.ITEM)) for n in range(500))
    assert added == 60
    shapes = sum(frontier.push(Target(f"http://a.vn/tim?k{n}=1", 2, Rank.ITEM)) for n in range(50))
    assert shapes == 12


def test_settled_duties_leave_the_heap() -> None:
    frontier = Frontier()
    frontier.push(Target("http://a.vn/1", 2, Rank.ITEM, rules=frozenset({"A"})))
    frontier.push(Target("http://a.vn/2", 2, Rank.ITEM, rules=frozenset({"B"})))
    target = frontier.pop(frozenset({"B"}))
    assert target is not None and target.url.endswith("/2")
    assert frontier.pop(frozenset({"B"})) is None


def test_pager_numbers() -> None:
    assert pager_number("http://a.vn/tin?page=3") == 3
    assert pager_number("http://a.vn/tin/page-12") == 12
    assert pager_number("http://a.vn/tin-12.html") == 0


def listing(count: int, base: str = "/tin") -> str:
    rows = "".join(
        f'<li><a href="{base}/{n}">Tin số {n} về việc triển khai nhiệm vụ</a> <span>{n:02d}/10/2026</span></li>'
        for n in range(1, count + 1)
    )
    return f"<ul>{rows}</ul>"


def test_menu_links_come_before_articles_and_newest_items_are_read(portal: LittlePortal) -> None:
    menu = {"/tin-tuc": "Tin tức", "/gioi-thieu": "Giới thiệu", "/lien-he": "Liên hệ"}
    portal.pages["/"] = page("Trang chủ", listing(3, "/nong"), menu=menu)
    portal.pages["/tin-tuc"] = page("Tin tức", listing(20))
    portal.otherwise = lambda method, path: page(f"Trang {path}", words(path))
    done = visit(portal, wordings=(Wording("NEWS", strong=("tin tuc",)),)).evidence
    paths = [p for p in portal.paths("GET") if "khong-co" not in p]
    first_item = min(i for i, p in enumerate(paths) if p.startswith(("/tin/", "/nong/")))
    assert max(paths.index(p) for p in menu) <= first_item + 1  # two are on their way at a time
    read = sorted(p.url.removeprefix(portal.root) for p in done.pages if "/tin/" in p.url)
    assert read == ["/tin/16", "/tin/17", "/tin/18", "/tin/19", "/tin/20"]


def test_blocks_around_a_section_do_not_crowd_out_its_own_entries(portal: LittlePortal) -> None:
    around = f"<h3>Tin mới nhất</h3>{listing(20, '/nong')}"
    entries = "".join(f'<li><a href="/da-{n}">Dự án xây dựng trường học số {n} của tỉnh</a></li>' for n in range(3))
    menu = {"/tin-tuc": "Tin tức", "/du-an": "Dự án đầu tư"}
    portal.pages["/"] = page("Trang chủ", around, menu=menu)
    portal.pages["/tin-tuc"] = page("Tin tức", listing(8) + around, menu=menu)
    portal.pages["/du-an"] = page("Dự án đầu tư", f"<ul>{entries}</ul>{around}", menu=menu)
    portal.otherwise = lambda method, path: page(f"Trang {path}", words(path))
    wordings = (Wording("NEWS", strong=("tin tuc",)), Wording("PROJECTS", strong=("du an dau tu",)))
    done = visit(portal, wordings=wordings).evidence
    assert len([p for p in done.pages if "/da-" in p.url]) == 3


def test_links_of_the_site_map_page_count_as_menu_links(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Trang chủ", menu={"/so-do": "Sơ đồ trang"})
    portal.pages["/so-do"] = page(
        "Sơ đồ trang", '<ul><li><a href="/an">Dự án đầu tư</a></li><li><a href="/mat">Khác</a></li></ul>'
    )
    portal.pages["/an"] = page("Dự án đầu tư")
    done = visit(portal).evidence
    assert done.page(f"{portal.root}/an") is not None
    assert done.fetches[f"{portal.root}/mat"].outcome is Outcome.NOT_FOUND


def test_menus_of_section_pages_are_followed(portal: LittlePortal) -> None:
    menu = {"/van-ban": "Văn bản"}
    portal.pages["/"] = page("Trang chủ", menu=menu)
    portal.pages["/van-ban"] = page("Văn bản", menu=menu | {"/van-ban/qppl": "Văn bản quy phạm pháp luật"})
    portal.pages["/van-ban/qppl"] = page("Văn bản quy phạm pháp luật")
    found = visit(portal).evidence.page(f"{portal.root}/van-ban/qppl")
    assert found is not None and found.depth == 2


def test_frames_are_part_of_the_home_page(portal: LittlePortal) -> None:
    frames = '<frameset cols="20,80"><frame src="/menu.htm"><frame src="/giua.htm"></frameset>'
    menu = '<a href="/gioi-thieu">Giới thiệu</a><br><a href="/hoi-dap">Hỏi đáp</a>'
    portal.pages["/"] = f"<html><head><title>Cổng</title></head>{frames}</html>"
    portal.pages["/menu.htm"] = f"<html><body>{menu}</body></html>"
    portal.pages["/giua.htm"] = page("Tin mới")
    portal.pages["/gioi-thieu"] = page("Giới thiệu")
    portal.pages["/hoi-dap"] = page("Hỏi đáp")
    done = visit(portal).evidence
    depths = {p.url.removeprefix(portal.root): p.depth for p in done.pages}
    assert depths == {"/": 0, "/menu.htm": 0, "/giua.htm": 0, "/gioi-thieu": 1, "/hoi-dap": 1}


def test_endless_addresses_are_cut(portal: LittlePortal) -> None:
    def endless(method: str, path: str) -> str | None:
        base, _, query = path.partition("?")
        if not base.startswith(("/vi", "/lich", "/loc")):
            return None
        number = int(query.rpartition("=")[2] or 0) + 1 if query.rpartition("=")[2].isdigit() or not query else 0
        more = f'<p><a href="/lich?thang={number}">Sau</a> <a href="/loc?a={number}&b=1&c={number}">Lọc</a></p>'
        menu = {f"{base}/vi": "Tiếng Việt", f"{base}/en": "English", f"{base}?theme=m": "Di động"}
        return page("Trang", more + words(path), menu=menu)

    portal.otherwise = endless
    portal.pages["/"] = page("Trang chủ", menu={"/vi": "Tiếng Việt", "/lich": "Lịch", "/loc": "Lọc"})
    focused = visit(portal, max_pages=500)
    assert focused.summary.requests < 40
    done = visit(portal, exhaustive=True, max_pages=1000)
    assert done.summary.requests < 400
    assert done.evidence.stopped_because == "frontier"


def test_pagers_are_left_alone_unless_exhaustive(portal: LittlePortal) -> None:
    def pager(method: str, path: str) -> str | None:
        if path.partition("?")[0] != "/tin-tuc":
            return None
        number = int(path.partition("=")[2] or 1)
        links = "".join(f'<a href="/tin-tuc?page={n}">{n}</a> ' for n in range(number, min(number + 3, 30)))
        return page("Tin tức", listing(3, f"/bai{number}") + links)

    portal.otherwise = pager
    portal.pages["/"] = page("Trang chủ", menu={"/tin-tuc": "Tin tức"})
    visit(portal)
    assert not [p for p in portal.paths() if "page=3" in p]
    portal.asked.clear()
    visit(portal, exhaustive=True, max_pages=100)
    assert "/tin-tuc?page=29" in portal.paths()


def test_a_router_that_ignores_the_rest_of_the_path(portal: LittlePortal) -> None:
    menu = {"/tin-tuc": "Tin tức", "/mat": "Mất"}
    portal.pages["/"] = page("Trang chủ", menu=menu)
    portal.otherwise = lambda method, path: page("Tin tức", listing(4)) if path.startswith("/tin-tuc") else None
    done = visit(portal).evidence
    assert done.page(f"{portal.root}/tin-tuc") is not None
    assert done.fetches[f"{portal.root}/mat"].outcome is Outcome.NOT_FOUND


def test_files_are_asked_for_by_head_and_a_sample_of_links_is_tried(portal: LittlePortal) -> None:
    files = "".join(f'<li><a href="/tep/{n}.pdf">Quyết định số {n}</a></li>' for n in range(9))
    portal.pages["/"] = page("Trang chủ", menu={"/van-ban": "Văn bản"})
    portal.pages["/van-ban"] = page("Văn bản", f"<ul>{files}</ul>")
    done = visit(portal).evidence
    assert len([p for p in portal.paths("HEAD") if p.startswith("/tep/")]) >= 5
    assert not [p for p in portal.paths("GET") if p.startswith("/tep/") and portal.paths("GET").count(p) > 1]
    assert done.facts["links.dead"] >= 5
    assert done.facts["links.tried"] > done.facts["links.dead"]


def test_no_head_is_tried_by_get(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Trang chủ", '<p><a href="/tep/1.pdf">Quyết định</a></p>')
    portal.otherwise = lambda method, path: (
        None
        if not path.startswith("/tep")
        else Reply("", 405)
        if method == "HEAD"
        else Reply(b"%PDF" * 5000, type="application/pdf")
    )
    fetch = visit(portal).evidence.fetches[f"{portal.root}/tep/1.pdf"]
    assert fetch.outcome is Outcome.OK and fetch.size == 20_000
