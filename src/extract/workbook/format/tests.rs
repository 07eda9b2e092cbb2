//! What numbers look like, in the formats that officials use.

use super::*;

fn shown(number: f64, code: &str) -> String {
    displayed(number, code, DateSystem::Since1900)
}

#[test]
fn numbers_without_a_format_are_written_as_people_do() {
    for (number, expected) in [
        (0.1 + 0.2, "0.3"),
        (8400.0, "8400"),
        (-12.5, "-12.5"),
        (1.0 / 3.0, "0.333333333"),
        (430_000_000_000.0, "430000000000"),
        (12_345_678.912_3, "12345678.91"),
        (0.0, "0"),
        (-0.0, "0"),
        (1.5e18, "1.5E+18"),
        (2.5e-12, "2.5E-12"),
        (0.07, "0.07"),
    ] {
        assert_eq!(general(number), expected);
        assert_eq!(shown(number, "General"), expected);
        assert_eq!(shown(number, ""), expected);
    }
}

#[test]
fn numbers_follow_their_format() {
    for (number, code, expected) in [
        (0.07, "0%", "7%"),
        (0.073, "0.0%", "7.3%"),
        (-0.0723, "0.00%", "-7.23%"),
        (0.285, "0.00", "0.29"),
        (8400.0, "0.00", "8400.00"),
        (8400.0, "#,##0", "8,400"),
        (1_234_567.891, "#,##0.00", "1,234,567.89"),
        (84_000_000.0, "#,##0,", "84,000"),
        (3.0, "000", "003"),
        (12.5, "0.##", "12.5"),
        (12.0, "0.##", "12"),
        (12.0, "0\"亿元\"", "12亿元"),
        (12.0, "General\"个\"", "12个"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (-5.0, "0.0;(0.0)", "(5.0)"),
        (-5.0, "¥0.0", "-¥5.0"),
        (0.0, "#,##0;-#,##0;\"-\"", "-"),
        (120.0, "[>=100]\"高\"0;0", "高120"),
        (7.0, "[>=100]\"高\"0;0", "7"),
        (-0.001, "0.0", "0.0"),
        (99.96, "0.0", "100.0"),
        (0.5, "# ?/?", "0.5"),
        (12_345.0, "0.00E+00", "1.23E+04"),
        (7.0, "_ * #,##0_ ;_ * -#,##0_ ", "7"),
        (5.0, "\\a0", "a5"),
        (0.07, "0%\"左右\"", "7%左右"),
    ] {
        assert_eq!(shown(number, code).trim(), expected, "{number} as {code}");
    }
}

#[test]
fn days_and_times_follow_their_format() {
    let (day, noon) = (45_658.0, 45_658.522_928_24);
    for (number, code, expected) in [
        (day, "yyyy\"年\"m\"月\"d\"日\"", "2025年1月1日"),
        (day, "yyyy年m月d日", "2025年1月1日"),
        (day, "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", "二〇二五年一月一日"),
        (day, "yyyy\\-mm\\-dd", "2025-01-01"),
        (day, "yyyy/m/d;@", "2025/1/1"),
        (day, "yy.mm", "25.01"),
        (day, "aaaa", "星期三"),
        (day, "d-mmm-yy", "1-Jan-25"),
        (noon, "h:mm:ss", "12:33:01"),
        (noon, "yyyy/m/d h:mm", "2025/1/1 12:33"),
        (noon, "上午/下午h\"时\"mm\"分\"", "下午12时33分"),
        (1.5, "[h]:mm", "36:00"),
        (noon, "ss.00", "01"),
        (-1.0, "yyyy-mm-dd", "-1"),
    ] {
        assert_eq!(shown(number, code), expected, "{number} as {code}");
    }
    assert_eq!(displayed(44_196.0, "yyyy-mm-dd", DateSystem::Since1904), "2025-01-01");
    assert_eq!(built_in(31).map(|code| shown(day, code)).as_deref(), Some("2025年1月1日"));
}

#[test]
fn strange_formats_do_no_harm() {
    let long = "0".repeat(10_000);
    for code in ["\"", "\\", "[", "[h", ";;;;;", "_", "*", "E+", "0.0.0.0", "%%%%%%%%%%%%", ",,,,", long.as_str(), "年", "@"] {
        for number in [0.0, -1.5, 1e308, 5e-324, 45_658.5] {
            let _ = shown(number, code);
        }
    }
}
