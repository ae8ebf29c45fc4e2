"""Made-up words for the big portal: the same for the same number, on every machine."""

from __future__ import annotations

import random

PLACES = (
    "xã Khe Trúc|xã Nà Mạ|xã Bản Lằng|thị trấn Thạch Bình|xã Nậm Lan Thượng|xã Pắc Cáy|xã Tà Sơn|phường Trung Tâm|"
    "phường Suối Khoáng|xã Đồi Chè|huyện Thạch Bình|huyện Nậm Lan|huyện Đồng Khê|huyện Tam Động|huyện Pá Hú|"
    "thành phố Liên Hà"
).split("|")
_DEEDS = (
    "Khánh thành|Khởi công|Tổng kết|Sơ kết|Triển khai|Kiểm tra|Giám sát|Đẩy nhanh tiến độ|Nghiệm thu|Hội nghị về|"
    "Tập huấn về|Phát động|Hỗ trợ|Khảo sát|Ra mắt mô hình|Bàn giao"
).split("|")
_MATTERS = (
    "tuyến kênh tưới nội đồng|trường mầm non liên bản|trạm y tế lưu động|vùng trồng cây dược liệu|cầu dân sinh|"
    "điểm bưu điện văn hóa|chuyển đổi số cấp xã|chợ nông sản đầu mối|phong trào trồng rừng gỗ lớn|lớp học xóa mù chữ|"
    "công trình nước sạch|đàn bò sinh sản cho hộ nghèo|nhà văn hóa cộng đồng|đội phòng cháy cơ sở|"
    "mạng lưới quan trắc lũ quét|tổ hợp tác dệt thổ cẩm|du lịch cộng đồng|vụ lúa xuân|đường giao thông nông thôn|"
    "hồ sơ đất đai số hóa|cụm công nghiệp nhỏ|hội thi cán bộ một cửa"
).split("|")
_SENTENCES = (
    "Theo báo cáo của Ủy ban nhân dân {place}, đến nay {number} hộ đã tham gia và cam kết duy trì trong ba năm tới.",
    "Phát biểu tại buổi làm việc, lãnh đạo tỉnh yêu cầu các sở, ban, ngành rà soát từng hạng mục, xác định rõ trách "
    "nhiệm của người đứng đầu và báo cáo kết quả trước ngày {day} hằng tháng.",
    "Tổng kinh phí thực hiện là {number} triệu đồng, trong đó ngân sách tỉnh hỗ trợ {share}%, phần còn lại huy động "
    "từ các nguồn hợp pháp khác và đóng góp tự nguyện của người dân.",
    "Người dân {place} phấn khởi vì {matter} sẽ rút ngắn quãng đường đi lại, giảm chi phí vận chuyển và mở ra cơ hội "
    "tiêu thụ nông sản cho các hợp tác xã trên địa bàn.",
    "Trước đó, đoàn công tác đã kiểm tra thực địa tại {place}, nghe ý kiến của già làng, trưởng bản và đại diện các "
    "hộ chịu ảnh hưởng; {number} kiến nghị đã được ghi nhận.",
    "Trong quý tới, cơ quan chuyên môn tiếp tục phối hợp với {place} hoàn thiện hồ sơ, tổ chức tập huấn và công khai "
    "kết quả trên Cổng Thông tin điện tử tỉnh để tổ chức, cá nhân theo dõi, giám sát.",
)  # fmt: skip
_GIVEN = "Thảo|Bình|Lan|Khê|Mạ|Trúc|Sơn|Chè|Hương|Thắng|Mai|Dũng".split("|")

CATEGORIES = (
    "Chính trị|Kinh tế|Văn hóa|Xã hội|Giáo dục|Y tế|Nông nghiệp|Lâm nghiệp|Công thương|Giao thông|Xây dựng|Môi trường|"
    "Khoa học|Du lịch|Thể thao|Dân tộc|Tôn giáo|Quốc phòng|An ninh trật tự|Thanh niên"
).split("|")
COMMUNES = [f"{kind} {first} {second}" for kind in ("Xã", "Phường") for first in "Nà|Khe|Bản|Pắc|Tà|Đồi|Suối".split("|")
            for second in "Sơn|Lan|Trúc|Mạ|Khê|Cáy|Chè".split("|")]  # fmt: skip


def headline(chance: random.Random, number: int) -> str:
    """A news headline of ten to twenty words."""
    place, other = chance.sample(PLACES, 2)
    return f"{chance.choice(_DEEDS)} {chance.choice(_MATTERS)} tại {place} và {other} đợt {number}"


def sentence(chance: random.Random) -> str:
    return chance.choice(_SENTENCES).format(
        place=chance.choice(PLACES),
        matter=chance.choice(_MATTERS),
        number=chance.randint(12, 980),
        share=chance.randint(20, 90),
        day=chance.randint(5, 25),
    )


def paragraphs(chance: random.Random, most: int) -> str:
    """Running text as it comes out of an office program: every paragraph with its own styles."""
    return "\n".join(
        '<p style="text-align: justify; margin: 6pt 0cm;"><span style="font-size: 14pt; font-family: '
        f'&quot;Times New Roman&quot;, serif; color: #000000;">{sentence(chance)} {sentence(chance)}</span></p>'
        for _ in range(chance.randint(most // 2, most))
    )


def person(chance: random.Random) -> str:
    return f"Hà Văn Liên {chance.choice(_GIVEN)}"
