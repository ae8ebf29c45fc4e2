"""Pictures: sound SVG without style or script, PNG, and a table that says the same."""

import dataclasses
import datetime as dt
import struct

import pytest
from lxml import etree

from core.finding import Text, Verdict
from reports.charts import ages, bump, distribution, heatmap, shares, trend
from reports.charts.picture import fitted, folded, width_of
from reports.look import look
from tests import samples

ATTACK = '"><script>alert(1)</script>&\x00\u202e'
TODAY = dt.date(2026, 11, 21)
VERDICTS = tuple(v.value for v in Verdict)


def pictures(name="Sở Khoa học và Công nghệ", lang="vi"):
    """One of each kind, with a name that may be hostile."""
    audit = samples.province()
    told = dataclasses.replace(audit.findings[2], title=Text(name, name))
    return {
        "ages": ages.draw(ages.of_audit(samples.province(findings=(told, *audit.findings))), TODAY, lang),
        "bump": bump.draw(
            [bump.Period(name, 3), bump.Period("2016", 63), bump.Period("2025")],
            [bump.Line(name, [1, None, 3]), bump.Line("B", [2, 1, 1]), bump.Line("C", [3, 2, None])],
            [name],
            lang,
        ),
        "distribution": distribution.draw(
            [0.1, 0.55, 0.57, 1.0, None], lang, own=distribution.Own(name, 0.571, 0.5, 0.66, 2, 4), group=name
        ),
        "heatmap": heatmap.draw([name, *VERDICTS], [heatmap.Line(name, ["", *VERDICTS])], lang),
        "trend": trend.draw([TODAY, dt.date(2026, 12, 1)], [trend.Duty(name, name, ["fail", "pass"])], lang),
        "shares": shares.draw(name, [shares.Standing(name, {"pass": 3, "fail": 1})], lang),
    }


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["Sở Khoa học và Công nghệ", ATTACK, "", "x" * 500])
def test_sound_svg_without_style_script_or_address(name, lang):
    for kind, picture in pictures(name, lang).items():
        root = etree.fromstring(picture.svg().encode(), etree.XMLParser(resolve_entities=False))
        names = {etree.QName(node).localname for node in root.iter()}
        assert names <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "text", "polyline", "circle"}, kind
        attributes = {name for node in root.iter() for name in node.attrib}
        assert not [a for a in attributes if a.startswith("on") or a in ("style", "href", "class")]
        assert root.get("role") == "img" and root.findtext("{*}title") and root.findtext("{*}desc")
        ids = [node.get("id") for node in root.iter() if node.get("id")]
        assert len(ids) == len(set(ids))


def test_ids_of_two_pictures_on_a_page_differ():
    picture = pictures()["distribution"]
    one, two = (etree.fromstring(picture.svg(prefix).encode()) for prefix in ("a", "b"))
    ids = [{node.get("id") for node in root.iter() if node.get("id")} for root in (one, two)]
    assert not ids[0] & ids[1]
    fills = {node.get("fill") for node in one.iter()}
    assert "url(#a-hatch)" in fills and "a-hatch" in ids[0]


def test_every_word_stays_on_the_paper():
    for lang in ("vi", "en"):
        for kind, picture in pictures("Ủy ban nhân dân " + "thành phố " * 9, lang).items():
            root = etree.fromstring(picture.svg().encode())
            for node in root.iter("{*}text"):
                if node.get("transform") or not node.text:
                    continue
                x, wide = float(node.get("x")), width_of(node.text, float(node.get("font-size")))
                left = {"start": x, "middle": x - wide / 2, "end": x - wide}[node.get("text-anchor")]
                assert left >= -1 and left + wide * 0.9 <= picture.width, (kind, node.text)
                assert 0 < float(node.get("y")) < picture.height, (kind, node.text)


def test_png_is_a_picture_of_the_size_asked_for():
    for picture in pictures().values():
        png = picture.png(2)
        assert png.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", png[16:24])
        assert (width, height) == (picture.width * 2, picture.height * 2)


def test_the_table_says_what_is_drawn():
    found = pictures()
    assert all(len(row) == len(p.heads) for p in found.values() for row in p.rows)
    assert sum(row[2] for row in found["distribution"].rows) == 4
    assert [row[0] for row in found["distribution"].rows if row[3]] == [pytest.approx(0.55)]
    assert found["bump"].rows[0][1:] == (1, None, 3)
    assert found["heatmap"].rows[0][2:] == (
        "Đạt",
        "Đạt một phần",
        "Không đạt",
        "Chưa đánh giá được",
        "Không áp dụng",
    )
    assert found["shares"].rows[0][1:] == (3, 0, 1, 0, 0)
    newest = {row[0]: row[3] for row in found["ages"].rows}
    assert newest["ND43-10.1.c.1"] == 86


def test_a_gap_in_the_ranks_stays_a_gap():
    def parts(ranks):
        picture = bump.draw([bump.Period(str(n)) for n in range(len(ranks))], [bump.Line("A", ranks)])
        wide = [s for s in picture.shapes if s.tag == "polyline" and s.attributes["stroke-width"] == 3]
        return [len(str(s.attributes["points"]).split()) for s in wide]

    assert parts([1, 2, 3]) == [3]
    assert parts([1, 2, None, 3, 1]) == [2, 2]
    assert parts([1, None, 2]) == []
    assert parts([None, None]) == []


def test_values_on_an_edge_and_beyond_the_scale():
    rows = distribution.draw([0.0, 0.05, 0.15, 0.3, 1.0, 1.2, -0.1]).rows
    assert {round(row[0], 2): row[2] for row in rows if row[2]} == {0.0: 2, 0.05: 1, 0.15: 1, 0.3: 1, 0.95: 2}


def test_empty_intervals_side_by_side_are_one_row_of_the_table():
    rows = distribution.draw([0.42, 0.43, 0.61]).rows
    assert [(round(low, 2), round(high, 2), count) for low, high, count, _ in rows] == [
        (0.0, 0.4, 0),
        (0.4, 0.45, 2),
        (0.45, 0.6, 0),
        (0.6, 0.65, 1),
        (0.65, 1.0, 0),
    ]


def test_a_date_in_the_future_and_none_at_all():
    one = ages.Age("R", Text("Lịch", "Plan"), dt.date(2026, 12, 1), Verdict.PASS)
    picture = ages.draw([one], TODAY)
    assert picture.rows[0][3] == -10
    assert any("trước 10 ngày" in shape.text for shape in picture.shapes)
    none = ages.draw([], TODAY)
    assert none.rows == () and "Không có mục nào ghi ngày." in none.text and none.png().startswith(b"\x89PNG")


def test_many_bodies_are_cut_in_the_picture_and_whole_in_the_table():
    lines = [heatmap.Line(f"Xã {n}", ["pass"] * 70) for n in range(200)]
    picture = heatmap.draw([f"ND43-{n}" for n in range(70)], lines)
    assert len(picture.rows) == 200 and "80 trên 200" in picture.text
    assert len(picture.svg()) < 300_000


def test_few_bodies_stand_over_the_duties_with_their_titles():
    titles = [f"Nghĩa vụ thứ {n}" for n in range(30)]
    lines = [heatmap.Line(f"Sở {n}", ["pass", "fail"] * 15) for n in range(6)]
    picture = heatmap.draw([f"ND43-{n}" for n in range(30)], lines, titles=titles)
    shown = [shape.text for shape in picture.shapes if shape.tag == "text"]
    assert set(titles) <= set(shown) and {"ND43-0", "ND43-29", "Sở 5"} <= set(shown)
    sizes = [float(shape.attributes["font-size"]) for shape in picture.shapes if shape.tag == "text"]
    assert min(sizes) >= 11 and picture.height > picture.width * 0.6
    assert picture.rows == heatmap.draw([f"ND43-{n}" for n in range(30)], lines).rows


def test_a_part_of_the_duties_says_of_how_many():
    rows = [trend.Duty("A", "A", ["pass"])]
    assert "1 trên 69 nghĩa vụ" in trend.draw([TODAY], rows, of=69).text
    assert "1 of 69 duties" in trend.draw([TODAY], rows, "en", of=69).text
    assert " trên " not in trend.draw([TODAY], rows).text


def test_a_long_name_has_a_second_line_before_it_is_cut():
    name = "Tuyên truyền, phổ biến, hướng dẫn thực hiện pháp luật"
    lines = folded(name, 12, 310)
    assert len(lines) == 2 and " ".join(lines) == name
    assert max(map(len, lines)) < 1.6 * min(map(len, lines))  # no word by itself
    assert folded("Tin tức", 12, 310) == ["Tin tức"] and folded("", 12, 310) == [""]
    assert len(folded(name * 9, 12, 310)) == 2 and folded(name * 9, 12, 310)[1].endswith("…")
    one = ages.Age("R", Text(name, name), dt.date(2026, 10, 1), Verdict.PARTIAL)
    shown = [shape.text for shape in ages.draw([one, one], TODAY).shapes if shape.tag == "text"]
    assert shown.count(lines[0]) == 2 and shown.count(lines[1]) == 2


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_can_be_read_on_their_colours():
    for entry in (*look()["verdict"].values(), look()["sheet"]["head"]):
        assert contrast(entry["fill"], entry["ink"]) >= 4.5
    for ink in (look()["ink"], look()["soft"], look()["accent"], *(each["colour"] for each in look()["lines"])):
        assert contrast(ink, look()["paper"]) >= 4.5


def test_lines_and_verdicts_are_told_apart_without_colour():
    styles = [(style["dash"], style["mark"]) for style in look()["lines"]]
    assert len({mark for _, mark in styles}) == len({dash for dash, _ in styles}) == len(styles)
    fills = [luminance(look()["verdict"][v]["fill"]) for v in ("fail", "pass", "partial")]
    assert fills[0] < fills[1] * 0.4 and fills == sorted(fills)
    signs = pictures()["heatmap"].svg().count("<path")
    assert signs >= 2 * len(VERDICTS)


def test_names_that_are_too_long_are_cut():
    assert fitted("Lào Cai", 12, 200) == "Lào Cai"
    short = fitted("Sở Nông nghiệp và Phát triển nông thôn", 12, 100)
    assert short.endswith("…") and width_of(short, 12) <= 100
