"""The labels and words before a date on Vietnamese and English pages, folded, by what they say of it."""

from __future__ import annotations

from core.page import DateRole

#: Words before a date; the one nearest to the date wins, then the longer one.
CUES: dict[DateRole, str] = {
    DateRole.PUBLISHED: (
        "ngay dang|dang ngay|dang luc|dang tai|dang vao|ngay dang tin|ngay dang tai|ngay xuat ban|xuat ban|"
        "ngay dua tin|ngay dua|dua len|ngay tao|tao ngay|ngay viet|viet ngay|ngay cong bo|cong bo ngay|"
        "ngay cong khai|cong khai ngay|thoi gian dang|gio dang|dang boi|dang tin|dang|posted on|posted|"
        "published on|published|publish date|date published|created|ngay phat hanh|post date|ngay thang dang|"
        "ngay gui dang|ngay pd|dua luc|dua vao|dang vao ngay|dang vao luc|duoc dang|duoc dang vao|ngay dang bai|"
        "ngay len trang|thoi diem dang|thoi gian xuat ban|gio xuat ban|xuat ban luc|thoi gian dang tin|"
        "thoi gian cong bo|phat hanh ngay|so ra ngay|post on|date posted|posted at|published at|publication date|"
        "release date|released|created on|date|submitted on|dang cach day|tin dang|tin dang ngay|bai dang|"
        "cong khai tu|cong khai tu ngay|niem yet ngay|ngay niem yet|niem yet|cong bo luc|cong bo vao|dang trong|"
        "dang o|ngay dang tren|nguoi dang|nguoi viet|tac gia|viet boi|duoc viet boi|duoc dang boi|duoc gui boi|"
        "posted by|submitted by|written by|published by|ngay"
    ),
    DateRole.UPDATED: (
        "cap nhat|ngay cap nhat|cap nhat ngay|cap nhat luc|cap nhat lan cuoi|cap nhat cuoi|sua doi lan cuoi|"
        "lan cuoi|lan sua cuoi|chinh sua|chinh sua lan cuoi|sua lan cuoi|last updated|last update|updated on|"
        "updated|update|last modified|modified|modified on|last edited|edited|edited on|lan cap nhat cuoi|"
        "lan cap nhat gan nhat|cap nhat gan nhat|cap nhat moi nhat|cap nhat vao|cap nhat vao luc|cap nhat vao ngay|"
        "cap nhat tin|thoi gian cap nhat|thoi diem cap nhat|ngay sua|ngay sua doi|sua doi ngay|sua luc|sua ngay|"
        "da sua|sua|ngay chinh sua|chinh sua ngay|chinh sua luc|chinh sua cuoi|hieu chinh|ngay hieu chinh|"
        "dieu chinh ngay|cap nhat cach day|cap nhat lai|cap nhat lai luc|revised|date modified|date updated"
    ),
    DateRole.ISSUED: (
        "ngay ban hanh|ban hanh ngay|ban hanh|ngay bh|ngay ky|ky ngay|ngay van ban|ngay thang van ban|ngay vb|"
        "ngay thang nam ban hanh|thoi gian ban hanh|ngay thang ban hanh|ngay quyet dinh|duoc ky ngay|bh|bh ngay|"
        "ngay ra van ban|ngay ra quyet dinh|ngay phat hanh van ban|ngay thong qua|thong qua ngay|da ky ngay|"
        "ban hanh vao ngay|ky ban hanh|ky ban hanh ngay|van ban ngay|ngay ky ban hanh|thoi gian ky|dated|signed|"
        "date issued|issued on|phe duyet ngay|ngay phe duyet|ngay cap phep|issued|date of issue|issue date"
    ),
    DateRole.EFFECTIVE: (
        "hieu luc|ngay hieu luc|ngay co hieu luc|co hieu luc|hieu luc tu|hieu luc thi hanh|ngay hl|hl|hl tu|"
        "ngay co hl|hieu luc ngay|ap dung|ap dung ngay|thi hanh|thi hanh ngay|bat dau thi hanh|"
        "ngay bat dau co hieu luc|ngay bat dau hieu luc|co hieu luc thi hanh|co hieu luc thi hanh tu|"
        "hieu luc ke tu|bat dau hieu luc|bat dau co hieu luc|thoi diem hieu luc|thoi diem co hieu luc|"
        "thi hanh ke tu|thuc hien tu|ap dung ke tu|bat dau ap dung|bat dau ap dung tu|ngay thi hanh|in force|"
        "in force from|effective from|effective on|ngay ap dung|ap dung tu|ap dung tu ngay|thi hanh tu|effective|"
        "effective date"
    ),
    DateRole.DEADLINE: (
        "han gop y|thoi han gop y|thoi han lay y kien|thoi han|han lay y kien|han chot|han cuoi|han cuoi cung|"
        "het han|ngay het han|han nop|han dang ky|han nhan|han tra|han tra loi|hen tra|ngay hen tra|han|"
        "ngay ket thuc|ket thuc|thoi gian ket thuc|dong thau|ngay dong thau|thoi diem dong thau|truoc ngay|"
        "cham nhat|cham nhat la|den het|den het ngay|het ngay|den ngay|den|toi ngay|nhan y kien den|"
        "nhan y kien toi|nhan loi gop toi|y kien den|khep so|dong so|khep so nhan y kien|han gui y kien|"
        "chot danh sach|chot ngay|ngay tra|ngay tra ket qua|han su dung|hsd|khong muon hon|khong cham hon|truoc|"
        "toi han|da het han|da dong|den han|muon nhat|muon nhat la|tre nhat|cham nhat vao|cham nhat ngay|"
        "cham nhat den|khong qua|han chot nop|han nop ho so|han tiep nhan|han cuoi nop|han cuoi nhan|ngay cuoi|"
        "ngay cuoi cung|thoi han nop|thoi han nhan|thoi han tiep nhan|thoi han dang ky|han gui|han tham gia|"
        "han bao cao|han tra ket qua|hen tra ket qua|ket thuc nhan|ngay ket thuc nhan|ngay het thoi han|"
        "het thoi han|nhan ho so den|lay y kien den|lay y kien den ngay|gop y den|gop y truoc|nop truoc|gui truoc|"
        "con han den|ngay dong|thoi diem ket thuc|co gia tri den|gia han den|dong cong|due|due date|end date|ends|"
        "ends on|closes|closing|apply by|deadline for submission|no later than|valid until|before|expired|"
        "expires on|submission deadline|deadline|closing date|expires|expiry date|het hieu luc|ngay het hieu luc|"
        "until|to date"
    ),
    DateRole.START: (
        "ngay bat dau|bat dau|bat dau tu|thoi gian bat dau|tu ngay|ke tu ngay|khoi cong|ngay khoi cong|start date|"
        "mo nhan ho so|mo cong|mo cong dang ky|thoi gian dang ky|dang ky|dang ky tu|thoi gian nhan ho so|"
        "thoi gian lay y kien|tu|bat dau tu ngay|ngay mo|bat dau nhan|bat dau nhan tu|tiep nhan tu|nhan ho so tu|"
        "nhan ho so tu ngay|start|starts|starts on|lay y kien tu|lay y kien tu ngay|phat hanh ho so|"
        "ngay bat dau nhan|thoi diem bat dau|mo dang ky|begin|ngay phat hanh ho so|phat hanh hsmt|from"
    ),
    DateRole.ASKED: (
        "ngay hoi|hoi ngay|hoi luc|ngay gui|gui ngay|gui luc|gui vao|ngay gui cau hoi|ngay tiep nhan|"
        "tiep nhan ngay|gui|hoi boi|cau hoi cua|cau hoi cua ban|cau hoi cua ong|cau hoi cua ba|"
        "cau hoi cua cong dan|phan anh ngay|ngay phan anh|phan anh luc|thoi gian phan anh|kien nghi ngay|"
        "ngay kien nghi|ngay hoi dap|gui cau hoi|gui cau hoi ngay|da gui|da gui luc|da gui ngay|cau hoi ngay|"
        "da hoi|da hoi ngay|hoi vao|hoi|dat cau hoi luc|dat cau hoi ngay|tiep nhan luc|tiep nhan|da tiep nhan|"
        "thoi gian tiep nhan|nhan ngay|nhan luc|ngay nop|nop ngay|ngay nop ho so|ngay nhan ho so|nguoi phan anh|"
        "nguoi kien nghi|cong dan|ban doc|ngay gui phan anh|gui phan anh|ngay gui kien nghi|ngay gui y kien|"
        "question date|received|received on|sent|sent on|submitted|date submitted|ngay goi|goi ngay|goi luc|"
        "ngay nhan|ngay dat cau hoi|ngay dat|thoi gian gui|thoi gian hoi|asked on|asked|date asked|nguoi gui|"
        "nguoi hoi"
    ),
    DateRole.ANSWERED: (
        "dap ngay|ngay dap|hoi am ngay|ngay hoi am|ngay tra loi|tra loi ngay|tra loi luc|tra loi|ngay phan hoi|"
        "phan hoi ngay|phan hoi luc|da tra loi|da giai quyet|da giai quyet ngay|giai quyet ngay|tra loi cua|dap|"
        "phuc dap ngay|phuc dap|giai dap ngay|giai dap|giai dap luc|da phan hoi|da phan hoi ngay|phan hoi|"
        "thoi gian phan hoi|da giai dap|da tra loi ngay|da tra loi luc|da tra loi vao|tra loi vao|ket qua tra loi|"
        "cau tra loi|co quan tra loi|don vi tra loi|nguoi tra loi|tra loi boi|duoc tra loi|duoc tra loi ngay|"
        "ngay xu ly|xu ly ngay|da xu ly|da xu ly ngay|thoi gian xu ly xong|answered by|replied|replied on|"
        "reply date|answer date|response date|responded|responded on|thoi gian tra loi|ngay giai dap|answered on|"
        "answered|date answered"
    ),
    DateRole.EVENT: (
        "sang nay|trua nay|chieu nay|toi nay|sang qua|chieu qua|toi qua|dem qua|"
        "dien ra|dien ra ngay|to chuc|to chuc ngay|to chuc vao|khai mac|be mac|ngay su kien|ngay bau cu|ngay di|"
        "ngay ve|ngay xet xu|ngay gio|thoi gian to chuc|vao ngay|vao luc|trong ngay|sang ngay|chieu ngay|"
        "toi ngay hom|trua ngay|dem ngay|sang|chieu|toi|hoi nghi ngay|hoi thao ngay|phien hop ngay|cuoc hop ngay|"
        "ky hop ngay|le hoi ngay|lam viec ngay|hop bao ngay|giao ban ngay|dai hoi ngay|khai mac ngay|be mac ngay|"
        "khai giang|khai giang ngay|khanh thanh|khanh thanh ngay|khai truong|khai truong ngay|ra mat|ra mat ngay|"
        "hop|moi hop ngay|le phat dong ngay|se dien ra|dien ra vao|dien ra luc|dien ra tu|sang mai|ngay mai|"
        "chieu mai|toi mai|lich hop|lich hop ngay|lich tiep dan|thoi gian hop|thoi gian dien ra|to chuc luc|"
        "dau gia ngay|lich cat dien|cat dien ngay|ngung cap dien|ngung cap dien ngay|thong xe|ngay hop|event date|"
        "held on|takes place on|mo thau|ngay mo thau|thoi diem mo thau|hop ngay|lich|lich ngay|thoi gian thuc hien|"
        "ngay thi|ngay dau gia|tiep dan ngay|tiep cong dan ngay|ngay tiep|tuan|tai ngay|trong hai ngay"
    ),
    DateRole.CLOCK: (
        "gio he thong|thoi gian he thong|gio hien tai|thoi gian hien tai|ngay hien tai|hien tai la|bay gio|now|"
        "current time|current date|today is|xin chao|kinh chao|chao mung ban|chao mung quy khach|chao mung cac ban|"
        "welcome|duong lich|ngay duong lich|chao mung den voi|chao mung ban den voi|hom nay|hom nay la|"
        "hom nay la ngay|today|bay gio la|xem tin theo ngay|xem theo ngay"
    ),
    DateRole.LICENCE: (
        "giay phep|giay phep so|gp|gptt|so gp|gp ttdt|gp btttt|gp bc|gp sttt|giay phep thiet lap|cap phep|cap ngay|"
        "ngay cap|cap lan dau|cap lan dau ngay|cap lai ngay|giay phep hoat dong|giay phep xuat ban|gpxb|gp xb|"
        "gpttdt|giay phep ttdt|giay phep trang|giay phep mxh|giay phep bao chi|giay chung nhan|so giay phep|"
        "do so cap|license|licence|license no|licence no"
    ),
    DateRole.COPYRIGHT: ("copyright|ban quyen|c copyright|all rights reserved|giu ban quyen"),
    DateRole.OTHER: (
        "ngay sinh|sinh ngay|sinh|nam sinh|sinh nam|mat ngay|tu tran|ngay mat|ngay thanh lap|thanh lap|"
        "thanh lap ngay|ky niem|tai lap|tai lap ngay|chia tach|sap nhap ngay|hop nhat ngay|giai phong|"
        "giai phong ngay|ngay giai phong|ra doi|ra doi ngay|hy sinh|hy sinh ngay|ngay truyen thong|truyen thong|"
        "ngay doanh nhan|quoc khanh|ngay quoc te|ngay thang nam sinh|ngay sinh nhat|sinh nhat|ngay vao doan|"
        "ngay chinh thuc|nhap ngu|nghi huu|nghi le|nghi huu tu ngay|phien ban|version|build|ban dung|"
        "truy cap lan cuoi|dang nhap lan cuoi|lan truy cap cuoi|lan dang nhap cuoi|binh luan luc|binh luan ngay|"
        "binh luan boi|nguoi binh luan|binh luan cua|kiem tra lan cuoi|nhiem ky|ngay vao nganh|so lieu|nsx|"
        "ngay san xuat|ngay dang ky|dang ky ngay|ngay dang ky kinh doanh|ngay cap so|tu nam|so lieu den ngay|"
        "cap nhat den|cap nhat den ngay|tinh toi|tinh toi ngay|tinh tu|thong ke den|so lieu ngay|tai thoi diem|"
        "thoi tiet|thoi tiet ngay|gia vang|gia vang ngay|ty gia|ty gia ngay|ngay am lich|lich am|al|mung|mong|ram|"
        "bang gia ngay|dob|birthday|date of death|founded|founded on|established|established on|since|"
        "ngay vao dang|vao dang|ngay bo nhiem|bo nhiem|am lich|nham ngay|tuc ngay|date of birth|born|ngay cap cmnd|"
        "tinh den ngay|tinh den|den nay|so lieu den|ngay le"
    ),
}
