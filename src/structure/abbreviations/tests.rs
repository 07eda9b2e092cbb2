//! Tests of short forms: what is one, and what only looks like one.

use super::*;

fn pairs(text: &str) -> Vec<(String, String)> {
    in_text(text)
}

fn one(text: &str, full: &str, short: &str) {
    assert_eq!(pairs(text), [(full.to_owned(), short.to_owned())], "{text}");
}

#[test]
fn introduced_short_forms_are_told_by_their_characters() {
    one("加快建设中国（湖南）自由贸易试验区（以下简称湖南自贸试验区）。", "中国（湖南）自由贸易试验区", "湖南自贸试验区");
    one("由国家发展和改革委员会（以下简称“国家发展改革委”）负责", "国家发展和改革委员会", "国家发展改革委");
    one("会同省贸易促进委员会(下称“贸促会”)办理", "贸易促进委员会", "贸促会");
    one("按照《湘中地区外贸振兴三年行动规划》（以下简称《外贸振兴规划》）", "湘中地区外贸振兴三年行动规划", "外贸振兴规划");
    one("高等学校毕业生（简称：高校毕业生）就业", "高等学校毕业生", "高校毕业生");
}

#[test]
fn a_remark_in_brackets_is_a_short_form_where_it_has_its_characters() {
    one("用好自由贸易试验区（自贸试验区）政策", "自由贸易试验区", "自贸试验区");
    for text in [
        "各市州（县市区）人民政府",
        "长沙市（省会）",
        "进出口（不含转口）",
        "外贸企业（含外资）",
        "表（一）",
        "企业（以下简称甲方）",
    ] {
        assert_eq!(pairs(text), [], "{text}");
    }
}

#[test]
fn latin_short_forms_have_as_many_words_as_letters() {
    one("抢抓区域全面经济伙伴关系协定（RCEP）机遇", "区域全面经济伙伴关系协定", "RCEP");
    one("推广建筑信息模型（BIM）技术", "建筑信息模型", "BIM");
    one("人均的国内生产总值（英文缩写GDP）", "国内生产总值", "GDP");
    one("需要根据车辆识别代号（VIN）", "车辆识别代号", "VIN");
    one("“政府和社会资本合作”（PPP）", "政府和社会资本合作", "PPP");
    one("研究与试验发展（R&D）", "研究与试验发展", "R&D");
    // Where the name begins is not certain.
    for text in [
        "鼓励政府和社会资本合作（PPP）",
        "经认证的经营者（AEO）",
        "第三类（III）",
        "一级（A）",
        "标准（GB/T）",
        "机舱系统（DD）",
        "海水水质标准（GB3097）",
        "𠮷野（𠮷）",
    ] {
        assert_eq!(pairs(text), [], "{text}");
    }
}

#[test]
fn definitions_and_what_stands_in_the_full_form_as_it_is_are_none() {
    for text in
        ["《湘中地区外贸振兴规划》（以下简称《规划》）", "本省行政区域内的企业（以下简称企业）", "（以下简称自贸区）", "建设（", ""]
    {
        assert_eq!(pairs(text), [], "{text}");
    }
}

#[test]
fn a_line_of_nothing_but_short_forms_is_read_a_bracket_at_a_time() {
    // Each bracket was read back to the beginning of its line: 200 KB took minutes.
    let piece = "抢抓区域全面经济伙伴关系协定（RCEP）";
    let long = format!("{}{}", "甲乙丙（丁）".repeat(500), piece);
    let far = long.char_indices().rev().nth(full::BEFORE + 5).map_or(0, |(at, _)| at);
    assert_eq!(pairs(&long), pairs(long.get(far..).unwrap()), "what stands far before a bracket says nothing about it");
    let names = "》（GB1）".repeat(200);
    assert_eq!(pairs(&names), [], "a name without a beginning is looked for no further than names are long");
}
