//! Regions: where a document applies, told by who issued it.
//!
//! The name of the issuer first (湖南省人民政府办公厅 → 湖南省, 长沙市人民政府 → 长沙市), then the first character of the 文号
//! (湘政办发 → 湖南省), then the beginning of the title. Organs of the state as a whole give 全国.

/// The region of organs of the state.
const NATION: &str = "全国";

/// 省、自治区、直辖市、特别行政区 with the short names used in 文号 (GB/T 2260 names).
const PROVINCES: [(&str, &str); 34] = [
    ("北京市", "京"),
    ("天津市", "津"),
    ("河北省", "冀"),
    ("山西省", "晋"),
    ("内蒙古自治区", "内蒙"),
    ("辽宁省", "辽"),
    ("吉林省", "吉"),
    ("黑龙江省", "黑"),
    ("上海市", "沪"),
    ("江苏省", "苏"),
    ("浙江省", "浙"),
    ("安徽省", "皖"),
    ("福建省", "闽"),
    ("江西省", "赣"),
    ("山东省", "鲁"),
    ("河南省", "豫"),
    ("湖北省", "鄂"),
    ("湖南省", "湘"),
    ("广东省", "粤"),
    ("广西壮族自治区", "桂"),
    ("海南省", "琼"),
    ("重庆市", "渝"),
    ("四川省", "川"),
    ("贵州省", "黔"),
    ("云南省", "云"),
    ("西藏自治区", "藏"),
    ("陕西省", "陕"),
    ("甘肃省", "甘"),
    ("青海省", "青"),
    ("宁夏回族自治区", "宁"),
    ("新疆维吾尔自治区", "新"),
    ("香港特别行政区", "港"),
    ("澳门特别行政区", "澳"),
    ("台湾省", "台"),
];

/// The region told by the issuer, the 机关代字 of the 文号 and the title, the first that tells.
pub(super) fn find(issuer: Option<&str>, agency: Option<&str>, title: &str) -> Option<String> {
    issuer
        .and_then(|issuer| state_organ(issuer).or_else(|| place(issuer)))
        .or_else(|| agency.and_then(abbreviated))
        .or_else(|| place(title))
        .or_else(|| state_organ(title))
        .map(str::to_owned)
}

/// 国务院, 中共中央, the ministries.
fn state_organ(name: &str) -> Option<&'static str> {
    const ORGANS: [&str; 7] = ["国务院", "中共中央", "中央", "全国", "中华人民共和国", "国家", "最高人民"];
    let ministry = name.ends_with('部') && !name.contains(['省', '市', '县', '州']);
    (ministry || ORGANS.iter().any(|organ| name.starts_with(organ))).then_some(NATION)
}

/// The place that a name begins with: the smallest one named (湖南省长沙市 → 长沙市).
fn place(name: &str) -> Option<&str> {
    let province = PROVINCES.iter().find(|(province, _)| name.contains(province) && leads(name, province));
    let rest = province.map_or(name, |(province, _)| name.split_once(province).map_or(name, |(_, rest)| rest));
    lower_place(rest).or(province.map(|(province, _)| *province))
}

/// Whether a name begins with a province, or with what stands before one in the names of organs (中共湖南省委).
fn leads(name: &str, province: &str) -> bool {
    name.split_once(province).is_some_and(|(before, _)| matches!(before, "" | "中共" | "中国共产党"))
}

/// 长沙市人民政府 → 长沙市: a name that ends in 市, 州, 盟, 县, 区 or 旗 right before an organ.
fn lower_place(name: &str) -> Option<&str> {
    const ORGANS: [&str; 9] = ["人民政府", "人民代表大会", "委", "政府", "发展", "商务", "财政", "教育", "工业"];
    let name_end = name.char_indices().take(14).filter(|(_, character)| "市州盟县区旗".contains(*character));
    let ends = name_end.map(|(at, character)| at + character.len_utf8()).filter(|end| {
        let organ = name.get(*end..).unwrap_or_default();
        ORGANS.iter().any(|word| organ.starts_with(word)) || organ.ends_with('局')
    });
    let end = ends.min()?;
    let place = name.get(..end)?;
    (place.chars().count() > 1 && !place.contains(['和', '与', '、', '各'])).then_some(place)
}

/// 湘政办发 → 湖南省; 国办发 → 全国.
fn abbreviated(agency: &str) -> Option<&'static str> {
    if agency.starts_with('国') || agency.starts_with("中华") {
        return Some(NATION);
    }
    PROVINCES.iter().find(|(_, short)| agency.starts_with(short)).map(|(province, _)| *province)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_tells_the_region() {
        for (issuer, region) in [
            ("湖南省人民政府办公厅", Some("湖南省")),
            ("湖南省长沙市人民政府", Some("长沙市")),
            ("长沙市人民政府", Some("长沙市")),
            ("中共湖南省委", Some("湖南省")),
            ("济南市工业和信息化局", Some("济南市")),
            ("国务院办公厅", Some("全国")),
            ("工业和信息化部", Some("全国")),
            ("国家市场监督管理总局", Some("全国")),
            ("广西壮族自治区人民政府", Some("广西壮族自治区")),
            ("某某公司", None),
        ] {
            assert_eq!(find(Some(issuer), None, "").as_deref(), region, "{issuer}");
        }
        assert_eq!(find(None, Some("湘政办发"), "").as_deref(), Some("湖南省"));
        assert_eq!(find(None, None, "山东省“十四五”教育事业发展规划").as_deref(), Some("山东省"));
    }
}
