"""The commands about profiles, figures and claims, as people run them."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from app.cli.declared import declared
from app.cli.import_ import import_
from app.cli.kept import report
from app.cli.profiles import list_profiles, score, show, validate
from core.bodies import BodyKind
from core.errors import AuditNotFound, CatalogueError, UsageError
from core.register import Address, Body, Named
from storage.store import open_store
from storage.tables import portals
from tests import samples
from tests.bodies import keep_bodies

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "tinh-mau-2026.yaml"
ROWS = [
    {"body": "so", "period": "Quý III/2026", "questions_received": 0, "dossiers_received": 0},
    {"body": "so", "period": "Quý IV/2026", "questions_received": 10, "questions_late": 0, "questions_answered": 10,
     "answers_right_person": 10, "questions_busiest_month": 5, "dossiers_received": 100, "dossiers_on_time": 61},
    {"body": "so", "period": "Năm 2030", "questions_received": 1},
    {"body": "so", "period": "Quý III/2026", "rule": "ND43-10.1.b", "claimed": 12, "max_points": 12},
    {"body": "so", "period": "Quý IV/2026", "rule": "ND43-10.1.a.1", "claimed": 3, "max_points": 3},
    {"body": "so", "period": "Quý IV/2026", "rule": "ND43-10.1.c.1", "claimed": 5, "max_points": 5,
     "link": "https://so.example.gov.vn/van-ban"},
]  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    audit = samples.province()
    portal = dataclasses.replace(audit.portal, kind=BodyKind.DEPARTMENT)
    audit = dataclasses.replace(audit, portal=portal)
    with open_store(url) as store:
        store.save(audit)
        address = (Address(audit.portal.url),)
        keep_bodies(store, [Body("so", BodyKind.DEPARTMENT, (Named("Sở Mẫu"),), address, code="S1")])
    (tmp_path / "a.json").write_text(json.dumps(ROWS), encoding="utf-8")
    import_(tmp_path / "a.json", db=url)
    return url


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_profiles_are_listed_shown_and_validated(capsys: pytest.CaptureFixture[str]) -> None:
    list_profiles()
    assert [line.split()[0] for line in lines(capsys)] == [
        "laocai-4526", "ministry-portal-index", "product-portal-index"]  # fmt: skip
    show("laocai-4526")
    shown = "\n".join(lines(capsys))
    assert "61% → 17 điểm [theo văn bản]" in shown and "Chưa rõ / not known:" in shown
    validate()
    assert len(lines(capsys)) == 3
    validate(str(EXAMPLE))
    assert lines(capsys)[0].startswith("tinh-mau-2026: hợp lệ / valid; hằng số / constants: 2 mặc định")
    with pytest.raises(CatalogueError, match="no profile"):
        show("ha-noi")


def test_importing_says_what_it_did(capsys: pytest.CaptureFixture[str], tmp_path: Path, db: str) -> None:
    assert lines(capsys) == [
        "số liệu / figures: 10 mới / new, 0 thay / replaced, 0 không đổi / unchanged",
        "điểm tự chấm / claims: 3 mới / new, 0 thay / replaced, 0 không đổi / unchanged",
    ]
    import_(tmp_path / "a.json", db=db)
    assert "0 mới / new, 0 thay / replaced, 10 không đổi" in lines(capsys)[0]
    with pytest.raises(UsageError, match="no file"):
        import_(db=db)
    with pytest.raises(UsageError, match="nothing is kept"):
        import_(tmp_path / "a.json", db="none")
    import_(template="csv", out=tmp_path / "mau.csv")
    assert (tmp_path / "mau.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_an_audit_is_scored_with_the_figures_of_its_time(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    audit_id = samples.province().id
    lines(capsys)
    score(audit_id, "laocai-4526", db=db)
    newest = lines(capsys)
    assert "Số liệu kỳ 01/10/2026–31/12/2026" in newest
    told = re.search(
        r"laocai-4526: ước tính ([\d,]+)/100, quy đổi từ ([\d,]+)/([\d,]+) điểm đã kiểm tra được", newest[2]
    )
    assert told is not None
    value, reached, judged = (float(number.replace(",", ".")) for number in told.groups())
    parts = [line.split(": ")[1].split("/")[0] for line in newest[3:] if line.startswith("  ") and line[2] not in " *"]
    assert reached == sum(float(part.replace(",", ".")) for part in parts) and judged < 100
    assert abs(value - reached / judged * 100) <= 0.25, "rounded to half points"
    assert "  Hỏi - Đáp: 17/18, mức Tốt" in newest and "  Dịch vụ công trực tuyến: 17/27" in newest
    score(audit_id, "laocai-4526", db=db, period="Quý III/2026", body="sở mẫu")
    assert "  Hỏi - Đáp: 15/18, mức Tốt" in lines(capsys)
    head = next(line for line in newest if line.startswith("laocai-4526: "))
    score(audit_id, "laocai-4526", db=db, format="json")
    told = json.loads(capsys.readouterr().out)
    assert told["reached"] == sum(term["points"] or 0 for term in told["terms"]) and told["coverage"] < 1
    of = f"{told['reached']:g}/{told['judged']:g}".replace(".", ",")
    assert f", ước tính: quy đổi từ {of} điểm đã kiểm tra được (từ " in head
    score(audit_id, "product-portal-index", db=db)
    index = lines(capsys)
    assert "ước tính từ phần đã kiểm tra được" in index[1]
    assert index[1].startswith("product-portal-index: 0,") and "mở rộng của phần mềm" in index[-1].lower()
    score(audit_id, str(EXAMPLE), db=db)
    assert "tinh-mau-2026" in lines(capsys)[2]
    score(audit_id, "laocai-4526", db=db, format="json")
    told = json.loads(capsys.readouterr().out)
    assert told["profile"] == "laocai-4526" and [term["points"] for term in told["terms"]][1:] == [17, 17]
    with pytest.raises(UsageError, match="unknown form"):
        score(audit_id, "laocai-4526", db=db, format="yaml")
    with pytest.raises(UsageError, match="no such period"):
        score(audit_id, "laocai-4526", db=db, period="tuần này")
    with pytest.raises(UsageError, match="not in the register"):
        score(audit_id, "laocai-4526", db=db, body="Sở Ma")
    with pytest.raises(AuditNotFound):
        score("khong-co", "laocai-4526", db=db)


def test_claims_beside_the_audit(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    audit = samples.province()
    verdicts = {finding.rule: finding.verdict.value for finding in audit.findings}
    lines(capsys)
    declared(audit.id, db=db, all=True)
    shown = lines(capsys)
    assert shown[0] == "Sở Mẫu (so), 01/10/2026–31/12/2026"
    assert verdicts["ND43-10.1.a.1"] == "pass" and any("khớp" in line and "ND43-10.1.a.1" in line for line in shown)
    assert not any("ND43-10.1.b" in line for line in shown)  # of an earlier period
    assert any(line.startswith("! ND43-10.1.c.1") and "tự chấm 5/5, kiểm tra: " in line for line in shown)
    assert shown[-1].startswith("2 mục tự chấm / claims: 1 không khớp")
    declared(audit.id, db=db, format="json")
    told = json.loads(capsys.readouterr().out)
    assert [(one["rule"], one["agreement"]) for one in told] == [("ND43-10.1.c.1", "over"), ("ND43-10.1.a.1", "agrees")]
    declared(audit.id, db=db, lang="en")
    assert any("claims 5/5, audit: " in line for line in lines(capsys))


def test_a_report_of_a_kept_audit_says_where_it_disagrees(db: str, tmp_path: Path) -> None:
    report(samples.province().id, db=db, format="json", out=tmp_path / "bao-cao")
    told = json.loads((tmp_path / "bao-cao" / "report.json").read_text("utf-8"))["declared"]
    assert [(one["rule"], one["agreement"]) for one in told] == [("ND43-10.1.c.1", "over"), ("ND43-10.1.a.1", "agrees")]
    with open_store(db) as store:  # what is kept is the audit alone: claims may still change
        kept = store.load(samples.province().id)
        assert kept.declared == () and not kept.since


def test_claims_of_nobody(tmp_path: Path, db: str) -> None:
    with open_store(db) as store, store.transaction(write=True) as connection:
        connection.execute(portals.delete())
    with open_store(db) as store:
        keep_bodies(store, [Body("khac", BodyKind.DEPARTMENT, (Named("Sở Khác"),))])
    audit_id = samples.province().id
    with pytest.raises(UsageError, match="not known whose portal"):
        declared(audit_id, db=db)
    with pytest.raises(UsageError, match="has claimed nothing"):
        declared(audit_id, db=db, body="khac")
    declared(audit_id, db=db, body="S1")
    with pytest.raises(UsageError, match="ngôn ngữ"):
        declared(audit_id, db=db, lang="fr")
