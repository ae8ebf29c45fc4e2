"""The spreadsheet that computes the scene anew: ``python -m tests.scene.sheet`` writes it, LibreOffice reckons it.

Inputs are what the portals were judged to be (verdict, ratio, weight), the register, days of work, and the figures and
constants of Lào Cai's profile. All else is formulas, written from the manuals and not from the code.
"""

from __future__ import annotations

import csv
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.ranking_data import group_of
from tests.scene.play import BODIES, FIGURES, FIRST, HERE, SECOND, Scene, play

SHEET = HERE / "scene.xlsx"
#: Bodies whose plans are reckoned: a commune, a department, a province.
PLANNED = ("xa-thucong-la", "so-nnmt-asp", "tinh-w3")
RULESETS = HERE.parents[1] / "rulesets"
FIGURE_HEADS = (
    "Số câu hỏi nhận được", "Đã trả lời", "Trả lời chậm", "Đúng thành phần", "Tháng nhiều câu hỏi nhất",
    "Tổng số hồ sơ", "Trước hạn", "Đúng hạn",
)  # fmt: skip

Input = tuple[str, str, str, str, float | None, float | None]
Cells = Iterable[Any]


def inputs(scene: Scene) -> Iterator[Input]:
    """Round, body, rule, verdict, ratio and weight of every finding."""
    for round_, judged in scene.items():
        for body, one in judged.items():
            for f in one.audit.findings:
                yield round_, body, f.rule, f.verdict.value, f.ratio, f.max_points


def departments() -> list[dict[str, str]]:
    """The rows of figures.csv."""
    with FIGURES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def main() -> None:
    """Writes the sheet beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        SHEET.write_bytes(reckoned(workbook(play(Path(folder, "archive"))), Path(folder)).read_bytes())
    print(SHEET)


def reckoned(book: Workbook, folder: Path) -> Path:
    """The workbook with every formula reckoned by LibreOffice; openpyxl writes formulas without results."""
    plain = folder / "plain" / SHEET.name
    plain.parent.mkdir()
    book.save(plain)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(folder), str(plain)], check=True, timeout=300, capture_output=True)
    return folder / SHEET.name


def workbook(scene: Scene) -> Workbook:
    """All inputs and formulas, nothing reckoned yet."""
    book = Workbook()
    del book["Sheet"]
    found = list(inputs(scene))
    _bodies(book.create_sheet("Bodies"))
    _findings(book.create_sheet("Findings"), found)
    _audits(book.create_sheet("Audits"), scene, len(found) + 1)
    _changes(book.create_sheet("Changes"), scene, len(found) + 1)
    for body in PLANNED:
        _plan(book.create_sheet(f"Plan {body}"), body, scene)
    _marks(book.create_sheet("Marks"))
    _departments(book.create_sheet("Departments"))
    return book


def _bodies(sheet: Worksheet) -> None:
    sheet.append(["body", "merged into", "main", "carried on as"])
    with BODIES.open(encoding="utf-8", newline="") as lines:
        for n, row in enumerate(csv.DictReader(lines), 2):
            sheet.append([row["Mã"], row["Hợp nhất vào"], row["Được kế tục"], f'=B{n}&"|"&C{n}'])


def _findings(sheet: Worksheet, found: list[Input]) -> None:
    sheet.append(["audit", "round", "body", "rule", "verdict", "ratio", "weight", "reached", "points", "key"])
    for n, row in enumerate(found, 2):
        seen = f'OR(E{n}="unknown",E{n}="not_applicable")'
        sheet.append(
            [f'=B{n}&"|"&C{n}', *row, f"=IF({seen},0,F{n}*G{n})", f"=ROUND(H{n},2)", f'=A{n}&"|"&D{n}']
        )  # fmt: skip


def _index(reached: str, whole: str, unseen: str) -> list[str]:
    """Value, low and high (design: P / (W - U), P / W, (P + U) / W)."""
    return [
        f'=IF({whole}-{unseen}>0,ROUND(({reached})/({whole}-{unseen}),3),"")',
        f'=IF({whole}>0,ROUND(({reached})/{whole},3),"")',
        f'=IF({whole}>0,ROUND(({reached}+{unseen})/{whole},3),"")',
    ]


def _audits(sheet: Worksheet, scene: Scene, last: int) -> None:
    sheet.append(
        "audit round body group W U P value low high coverage of rank best worst predecessor row ranks "
        "change certain value_certain".split()
    )
    rows = [(r, b, group_of(j.audit.portal.kind)) for r, judged in scene.items() for b, j in judged.items()]
    end = len(rows) + 1
    for n, (round_, body, group) in enumerate(rows, 2):

        def total(column: str, n: int = n, more: str = "") -> str:
            return f"=SUMIFS(Findings!${column}$2:${column}${last},Findings!$A$2:$A${last},A{n}{more})"

        def others(what: str, n: int = n) -> str:
            return f"COUNTIFS(B$2:B${end},B{n},D$2:D${end},D{n}{what})"

        def then(column: str, n: int = n) -> str:
            return f"INDEX({column}$1:{column}${end},Q{n})"

        def sure(least: str, most: str, n: int = n) -> str:
            """Whether the ranges of both rounds are apart, or both the same one number."""
            apart = f"OR({most}{n}<{then(least, n)},{least}{n}>{then(most, n)})"
            one = f"AND({least}{n}={most}{n},{then(least, n)}={then(most, n)},{least}{n}={then(least, n)})"
            return f'IF(OR({apart},{one}),"yes","no")'

        sheet.append([
            f'=B{n}&"|"&C{n}', round_, body, group,
            total("G"), total("G", more=f',Findings!$E$2:$E${last},"unknown"'), total("H"),
            *_index(f"G{n}", f"E{n}", f"F{n}"), f"=ROUND((E{n}-F{n})/E{n},3)",
            "=" + others(""),
            f'=IF(H{n}="","",1+{others(f""",H$2:H${end},">"&H{n}""")})',
            "=1+" + others(f',I$2:I${end},">"&J{n}'),
            "=1+" + others(f',J$2:J${end},">"&I{n}') + f"-(J{n}>I{n})",
            f'=IF(B{n}<>"{SECOND}","",IF(COUNTIFS(B$2:B${end},"{FIRST}",C$2:C${end},C{n})>0,C{n},'
            f'IFERROR(INDEX(Bodies!$A$2:$A$99,MATCH(C{n}&"|x",Bodies!$D$2:$D$99,0)),"")))',
            f'=IF(P{n}="","",MATCH("{FIRST}|"&P{n},A$1:A${end},0))',
            f'=IF(Q{n}="","",IF({then("L")}<>L{n},"",{then("M")}-M{n}))',
            f'=IF(Q{n}="","",ROUND(H{n}-INDEX(H$1:H${end},Q{n}),3))',
            f'=IF(R{n}="","",{sure("N", "O")})',
            f'=IF(S{n}="","",{sure("I", "J")})',
        ])  # fmt: skip


def _changes(sheet: Worksheet, scene: Scene, last: int) -> None:
    """Every duty of every body that stands in both rounds, against the round before."""
    sheet.append(["body", "rule", "before", "after", "why", "points"])
    rows = [(b, f.rule) for b, j in scene[SECOND].items() if b in scene[FIRST] for f in j.audit.findings]
    for n, (body, rule) in enumerate(rows, 2):

        def row(round_: str, n: int = n) -> str:
            return f'=MATCH("{round_}|"&A{n}&"|"&B{n},Findings!$J$1:$J${last},0)'

        def cell(column: str, at: str) -> str:
            return f"INDEX(Findings!${column}$1:${column}${last},{at})"

        old, new = ([cell(c, f"{at}{n}") for c in "EFI"] for at in "CD")
        either = 'OR({0}="{2}",{1}="{2}")'
        sheet.append([
            body, rule, row(FIRST), row(SECOND),
            f'=IF(AND({old[0]}={new[0]},{old[1]}={new[1]}),"",IF({either.format(old[0], new[0], "unknown")},'
            f'"not_judged",IF({either.format(old[0], new[0], "not_applicable")},"scope",'
            f'IF({new[1]}>{old[1]},"better","worse"))))',
            f"=ROUND({new[2]}-{old[2]},2)",
        ])  # fmt: skip


def _plan(sheet: Worksheet, body: str, scene: Scene) -> None:
    """Duties by points gained for a day of work, then gain, then id; the index and the rank after each step."""
    efforts = yaml.safe_load((RULESETS / "ranking" / "efforts.yaml").read_text("utf-8"))
    duties = yaml.safe_load((RULESETS.parent / "decree43_rules.yaml").read_text("utf-8"))["rules"]
    stated = {duty["id"]: duty["effort"] for duty in duties if "effort" in duty}
    rules = sorted(f.rule for f in scene[SECOND][body].audit.findings if f.max_points)
    end = len(rules) + 1
    findings = sum(len(j.audit.findings) for judged in scene.values() for j in judged.values()) + 1
    audits = sum(map(len, scene.values())) + 1
    sheet.append(
        "rule full row gain days rate order step rule gain days all gained value low high rank best worst".split()
    )
    me = f'"{SECOND}|{body}"'

    def of(column: str) -> str:
        return f"INDEX(Audits!${column}$2:${column}${audits},MATCH({me},Audits!$A$2:$A${audits},0))"

    points = f"SUMIFS(Findings!$I$2:$I${findings},Findings!$A$2:$A${findings},{me})"
    group = (
        f'COUNTIFS(Audits!$B$2:$B${audits},"{SECOND}",Audits!$D$2:$D${audits},{of("D")},'
        f'Audits!$C$2:$C${audits},"<>{body}",Audits!${{0}}$2:${{0}}${audits},">"&{{1}})+1'
    )
    for n in range(2, end + 2):
        rule = rules[n - 2] if n <= end else None
        duty: list[Any] = [None] * 7
        if rule is not None:
            full = stated.get(rule, efforts["otherwise"])["days"]
            verdict = f"INDEX(Findings!$E$1:$E${findings},C{n})"
            left = f"ROUND(INDEX(Findings!$G$1:$G${findings},C{n})-INDEX(Findings!$I$1:$I${findings},C{n}),2)"
            above = f'COUNTIFS(F$2:F${end},">"&F{n})+COUNTIFS(F$2:F${end},F{n},D$2:D${end},">"&D{n})'
            duty = [
                rule, full, f'=MATCH({me}&"|"&A{n},Findings!$J$1:$J${findings},0)',
                f'=IF(OR({verdict}="fail",{verdict}="partial"),{left},0)',
                f'=B{n}*IF({verdict}="partial",{efforts["partly"]},1)', f"=ROUND(D{n}/E{n},9)",
                f'=IF(D{n}=0,"",1+{above}+COUNTIFS(F$1:F{n - 1},F{n},D$1:D{n - 1},D{n}))',
            ]  # fmt: skip
        k = n - 2
        nth = f"MATCH({k},G$2:G${end},0)"
        step = [k, *(f'=IFERROR(INDEX({c}$2:{c}${end},{nth}),"")' for c in "ADE")]
        sums = [f'=IF(J{n}="","",L{n - 1}+K{n})', f'=IF(J{n}="","",ROUND(M{n - 1}+J{n},2))'] if k else [0, 0]
        index = _index(f"{points}+M{n}", of("E"), of("F")) if k else [f"={of(c)}" for c in "HIJ"]
        ranks = [
            "=" + group.format("H", f"N{n}"), "=" + group.format("I", f"P{n}"), "=" + group.format("J", f"O{n}"),
        ]  # fmt: skip
        there = [f'=IF(L{n}="","",{formula[1:]})' for formula in (*index, *ranks)]
        sheet.append([*duty, *step, *sums, *there])


def _marks(sheet: Worksheet) -> None:
    """Lào Cai: the criteria of information by department, a row for each duty that tells of one."""
    sheet.append(["body", "criterion", "bonus", "worth", "rule", "row", "verdict", "ratio"])
    term = profile()["terms"][0]
    n = 2
    for row in departments():
        for name, bonus in (("criteria", 0), ("bonus", 1)):
            for one in term[name]:
                for rule in one.get("rules", [""]):
                    key = f'"{SECOND}|"&A{n}&"|"&E{n}'
                    sheet.append([
                        row["Mã cơ quan"], one["id"], bonus, one["points"]["value"], rule,
                        f'=IFERROR(MATCH({key},Findings!$J$1:$J$9999,0),"")',
                        f'=IF(F{n}="","unknown",INDEX(Findings!$E$1:$E$9999,F{n}))',
                        f'=IF(OR(G{n}="unknown",G{n}="not_applicable"),0,INDEX(Findings!$F$1:$F$9999,F{n}))',
                    ])  # fmt: skip
                    n += 1


def profile() -> Any:
    """Lào Cai's profile as its file says it."""
    return yaml.safe_load((RULESETS / "profiles" / "laocai-4526.yaml").read_text("utf-8"))


def _departments(sheet: Worksheet) -> None:
    """Lào Cai: information 50 + 5, questions 15 + 2 + 1, services 25 + 2, to half points."""
    rows = departments()
    term = profile()["terms"][0]
    heads = ["body", *FIGURE_HEADS]
    names = [(one["id"], one["points"]["value"], n) for n in (0, 1) for one in term[("criteria", "bonus")[n]]]
    #: For each criterion: duties that apply, duties judged, sum of their ratios.
    heads += [f"{id} {what}" for id, _, _ in names for what in ("applies", "seen", "sum")]
    heads += (
        "scale points judged most bonus bonus_judged bonus_most information information_low information_high ".split()
    )
    heads += "curve right many qa share services_points services low high value rank best worst".split()
    sheet.append(heads)
    at = {head: _letter(i) for i, head in enumerate(heads)}
    end = len(rows) + 1
    for n, row in enumerate(rows, 2):
        sheet.append(_department(row, names, n, end, at))


def _department(
    row: dict[str, str], names: list[tuple[str, float, int]], n: int, end: int, at: dict[str, str]
) -> Cells:
    cell = {head: f"{letter}{n}" for head, letter in at.items()}
    yield row["Mã cơ quan"]
    yield from (int(row[head].replace(".", "")) for head in FIGURE_HEADS)
    for id, _, _ in names:
        of = f'Marks!$A$2:$A$999,$A{n},Marks!$B$2:$B$999,"{id}"'
        yield f'=COUNTIFS({of},Marks!$G$2:$G$999,"<>not_applicable")'
        yield f'={cell[f"{id} applies"]}-COUNTIFS({of},Marks!$G$2:$G$999,"unknown")'
        yield f"=SUMIFS(Marks!$H$2:$H$999,{of})"
    worth = [(id, points) for id, points, bonus in names if not bonus]
    more = [(id, points) for id, points, bonus in names if bonus]
    yield "=50/(" + "+".join(f"{w}*({cell[f'{id} applies']}>0)" for id, w in worth) + ")"
    for listed, scale in ((worth, cell["scale"]), (more, "1")):
        for what in ("sum", "seen", "most"):
            shares = []
            for id, w in listed:
                whole, seen, of = (cell[f"{id} {x}"] for x in ("applies", "seen", "sum"))
                part = f"{of}+{whole}-{seen}" if what == "most" else cell[f"{id} {what}"]
                shares.append(f"IF({whole}>0,{w}*({part})/{whole},0)")
            yield f"={scale}*({'+'.join(shares)})"
    for points, bonus in (("points", "bonus"), ("points", "bonus"), ("most", "bonus_most")):
        yield _half(f"MIN({cell[points]},50)+MIN({cell[bonus]},5)")
    received, answered, late, right, busiest, files, early, on_time = (cell[h] for h in FIGURE_HEADS)
    yield (
        f"=IF({received}=0,15,IF({late}/{received}<0.24,15,MAX(0,IF({late}/{received}<0.5,"
        f"14-({late}/{received}-0.24)/0.26,13-({late}/{received}-0.5)/0.26))))"
    )
    all_right = f"AND({answered}>0,{right}={answered})"
    yield f"=IF({received}=0,0,IF(AND({late}=0,{all_right}),2,IF(AND({late}/{received}<0.24,{all_right}),1,0)))"
    yield f"=IF({received}=0,0,IF(AND({busiest}>10,{late}=0,{all_right}),1,0))"
    yield _half(f"{cell['curve']}+{cell['right']}+{cell['many']}")
    share = cell["share"]
    yield f"=IF({files}=0,1,({early}+{on_time})/{files})"
    yield f"=IF({share}<0.61,1.75+15.25*{share}/0.61,IF({share}<0.93,17+8*({share}-0.61)/0.32,25))"
    yield _half(f"{cell['services_points']}+IF(AND({files}>0,{share}>=0.93),2,0)")
    for which in ("information_low", "information_high"):
        yield f"=MIN(100,{cell[which]}+{cell['qa']}+{cell['services']})"
    whole = f"({cell['information']}+{cell['qa']}+{cell['services']})"
    bonuses = "+".join(f"{w}*({cell[f'{id} applies']}>0)" for id, w in more)
    judged = f"({cell['judged']}+5*{cell['bonus_judged']}/({bonuses})+45)"
    yield f"=MIN({cell['high']},MAX({cell['low']},{_half(f'{whole}*100/{judged}')[1:]}))"
    for name, mine in (("value", "value"), ("low", "high"), ("high", "low")):
        own = f"-({cell['high']}>{cell['low']})" if name == "high" else ""
        letter = at[name]
        yield f'=COUNTIF({letter}$2:{letter}${end},">"&{cell[mine]})+1{own}'


def _half(points: str) -> str:
    """Rounded to half points; the ninth decimal is beyond what a sum of such numbers can be off."""
    return f"=ROUND(ROUND({points},9)*2,0)/2"


def _letter(index: int) -> str:
    return get_column_letter(index + 1)


if __name__ == "__main__":
    main()
