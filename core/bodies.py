"""Kinds of body, as Điều 2 NĐ 43/2011/NĐ-CP and the command line name them."""

from __future__ import annotations

from enum import StrEnum


class BodyKind(StrEnum):
    """Who runs a portal. Decides which duties apply and on what basis."""

    MINISTRY = "ministry"
    GOVERNMENT_AGENCY = "government_agency"
    GENERAL_DEPARTMENT = "general_department"
    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"
    PARTY = "party"
    OTHER = "other"


#: Bodies outside khoản 1 Điều 2: they apply the decree of their own will (khoản 3 Điều 2).
VOLUNTARY = frozenset({BodyKind.COMMUNE, BodyKind.PARTY, BodyKind.OTHER})

#: Bodies the Ministry's index was made for.
INDEXED = frozenset({BodyKind.MINISTRY, BodyKind.GOVERNMENT_AGENCY, BodyKind.PROVINCE})

#: What each kind is called, Vietnamese and English.
NAMES: dict[BodyKind, tuple[str, str]] = {
    BodyKind.MINISTRY: ("Bộ, cơ quan ngang Bộ", "Ministry"),
    BodyKind.GOVERNMENT_AGENCY: ("Cơ quan thuộc Chính phủ", "Government agency"),
    BodyKind.GENERAL_DEPARTMENT: ("Tổng cục, Cục và tương đương", "General department"),
    BodyKind.PROVINCE: ("UBND tỉnh, thành phố trực thuộc Trung ương", "Province or city"),
    BodyKind.DEPARTMENT: ("Cơ quan chuyên môn thuộc UBND tỉnh (sở, ban, ngành)", "Provincial department"),
    BodyKind.DISTRICT: ("UBND cấp huyện", "District"),
    BodyKind.COMMUNE: ("UBND cấp xã", "Commune"),
    BodyKind.PARTY: ("Cơ quan Đảng, Mặt trận, đoàn thể", "Party body or mass organisation"),
    BodyKind.OTHER: ("Cơ quan khác", "Other body"),
}
