//! Questions as people type them, what is kept of each, and what is wanted; and what is no question.

use super::*;

/// What was typed, the pieces kept, what is wanted.
type Case = (&'static str, &'static [&'static str], Option<Want>);

const CHINESE: &[Case] = &[
    ("哪一章讲农村电商", &["农村电商"], Some(Want::Chapter)),
    ("农村电商在哪一章", &["农村电商"], Some(Want::Chapter)),
    ("哪章提到了易货贸易？", &["易货贸易"], Some(Want::Chapter)),
    ("第几章是关于乡村振兴的", &["乡村振兴"], Some(Want::Chapter)),
    ("哪个章节涉及数字经济", &["数字经济"], Some(Want::Chapter)),
    ("到2025年进出口总额目标是多少", &["2025年", "进出口总额"], Some(Want::Figure)),
    ("2025年底森林覆盖率要达到多少", &["2025年", "森林覆盖率"], Some(Want::Figure)),
    ("货运班列2025年要开多少列", &["货运班列", "2025年"], Some(Want::Figure)),
    ("企业怎么参加博览会", &["企业", "参加", "博览会"], Some(Want::Means)),
    ("研发经费投入强度是多少？", &["研发经费投入强度"], Some(Want::Figure)),
    ("全省有多少个海关特殊监管区", &["全省", "海关特殊监管区"], Some(Want::Figure)),
    ("实际使用外资的目标是多少", &["实际使用外资"], Some(Want::Figure)),
    ("城镇化率的目标是多少", &["城镇化率"], Some(Want::Figure)),
    ("要培育几家龙头企业", &["培育", "龙头企业"], Some(Want::Figure)),
    ("怎么吸引世界500强", &["吸引", "世界500强"], Some(Want::Means)),
    ("如何促进跨境电商发展", &["促进", "跨境电商发展"], Some(Want::Means)),
    ("怎样保护知识产权", &["保护", "知识产权"], Some(Want::Means)),
    ("有哪些措施稳住外贸", &["稳住", "外贸"], Some(Want::Means)),
    ("养老服务有什么措施", &["养老服务"], Some(Want::Means)),
    ("中小企业融资难怎么办", &["中小企业融资难"], Some(Want::Means)),
    ("农村电商在哪里写了", &["农村电商"], Some(Want::Place)),
    ("易货贸易在哪一条", &["易货贸易"], Some(Want::Place)),
    ("哪里提到中欧班列", &["中欧班列"], Some(Want::Place)),
    ("哪些地方讲到了海外仓", &["地方", "海外仓"], None),
    ("请问小微企业有什么政策", &["小微企业"], None),
    ("请问，残疾人就业有哪些补贴？", &["残疾人就业", "补贴"], None),
    ("土地出让是怎么规定的", &["土地出让"], Some(Want::Place)),
    ("对外贸易是怎么规定的", &["对外贸易"], Some(Want::Place)),
    ("支持哪些企业", &["支持", "企业"], None),
    ("什么是市场采购贸易", &["市场采购贸易"], Some(Want::Definition)),
    ("保税维修是什么意思", &["保税维修"], Some(Want::Definition)),
    ("市场采购贸易是什么", &["市场采购贸易"], Some(Want::Definition)),
    ("什么叫首店经济", &["首店经济"], Some(Want::Definition)),
    ("湖南自贸区有哪些片区", &["湖南自贸区", "片区"], None),
    ("关于农村电商的措施", &["农村电商"], Some(Want::Means)),
    ("关于外资准入的规定", &["外资准入"], None),
    ("有关垃圾分类的要求", &["垃圾分类"], None),
    ("能不能申请延期缴税", &["申请", "延期缴税"], None),
    ("是否支持海外仓建设", &["支持", "海外仓建设"], None),
    ("企业可以享受出口退税吗", &["企业", "享受", "出口退税"], None),
    ("有没有提到氢能", &["氢能"], None),
    ("为什么要发展有机农业", &["发展", "有机农业"], Some(Want::Reason)),
    ("谁负责口岸建设", &["口岸建设"], Some(Want::Actor)),
    ("口岸建设由哪个部门负责", &["口岸建设"], Some(Want::Actor)),
    ("食品安全归谁管", &["食品安全"], Some(Want::Actor)),
    ("哪些部门牵头营商环境改革", &["营商环境改革"], Some(Want::Actor)),
    ("什么时候建成自贸港", &["建成自贸港"], Some(Want::Time)),
    ("条例何时施行", &["条例", "施行"], Some(Want::Time)),
    ("碳达峰是哪一年", &["碳达峰"], Some(Want::Time)),
    ("我想知道人才公寓的申请条件", &["人才公寓", "申请", "条件"], None),
    ("帮我找一下关于冷链物流的内容", &["冷链物流"], None),
    ("想了解长沙和株洲的产业布局", &["长沙", "株洲", "产业布局"], None),
    ("RCEP怎么用", &["RCEP"], Some(Want::Means)),
    ("《外商投资法》怎么规定征收", &["外商投资法", "征收"], Some(Want::Place)),
    ("“走出去”有哪些支持政策", &["走出去", "支持"], None),
    ("𠮷林省有哪些口岸", &["𠮷林省", "口岸"], None),
    ("有什么政策", &["政策"], None),
    ("农村电商？", &["农村电商"], None),
    ("十四五期间新增就业多少万人", &["十四五期间新增就业"], Some(Want::Figure)),
    ("哪些区域适合发展临空经济", &["区域适合发展临空经济"], None),
    ("老旧小区改造补贴标准是多少", &["老旧小区改造补贴标准"], Some(Want::Figure)),
    ("哪里规定了最低工资", &["最低工资"], Some(Want::Place)),
    ("数据跨境流动怎么管", &["数据跨境流动"], Some(Want::Means)),
    ("在哪能查到负面清单", &["负面清单"], Some(Want::Place)),
];

const ENGLISH: &[Case] = &[
    ("which chapter covers cross-border e-commerce", &["cross-border e-commerce"], Some(Want::Chapter)),
    ("What is RCEP?", &["RCEP"], Some(Want::Definition)),
    ("how to attract foreign investment", &["attract foreign investment"], Some(Want::Means)),
    ("how many bonded zones are there", &["bonded zones"], Some(Want::Figure)),
    ("where is e-commerce mentioned", &["e-commerce"], Some(Want::Place)),
    ("who is responsible for ports", &["ports"], Some(Want::Actor)),
];

#[test]
fn questions_are_understood() {
    let mut wrong = Vec::new();
    for (typed, kept, wants) in CHINESE.iter().chain(ENGLISH) {
        let seen = understand(typed).unwrap_or_default();
        if seen.kept != *kept || seen.wants != *wants {
            wrong.push(format!(
                "{typed}\n  expected {kept:?} {wants:?}\n  seen     {:?} {:?}; dropped {:?}",
                seen.kept, seen.wants, seen.dropped
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_plain_phrase_is_no_question() {
    for typed in [
        "",
        "？",
        "农村电商",
        "湖南省“十四五”对外开放发展规划",
        "有机农业",
        "对外贸易",
        "目的地",
        "了解客户",
        "进出口总额 目标",
        "关于如何进一步做好外贸工作的通知",
        "《怎么办？》",
        "关于促进农村电商发展的实施意见",
        "建立健全外商投资服务体系",
        "第四章 优化布局",
        "三类500强",
        "几内亚",
        "哪吒",
        "什刹海",
        "谁不知道如何发展。那是另一回事",
        "中国（湖南）自由贸易试验区",
        "cross-border e-commerce",
        "whatever",
        "--坚持",
        "多少",
    ] {
        assert_eq!(understand(typed), None, "{typed}");
    }
    assert_eq!(understand(&"怎么".repeat(LONGEST)), None);
}

#[test]
fn what_is_dropped_is_told() {
    let question = understand("请问哪一章讲农村电商？").unwrap();
    assert_eq!(question.dropped, ["请问", "哪一章", "讲"]);
}

#[test]
fn every_line_of_the_table_can_be_read() {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let wrong: Vec<_> = lines.filter(|line| row(line).is_none()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let frames = rows().into_iter().filter(|row| row.kind == Kind::Frame);
    assert!(frames.into_iter().all(|row| row.phrase.contains('…')));
}

proptest::proptest! {
    #[test]
    fn any_string_may_be_asked(typed in "[？?“”《》哪一章多少什么是怎么的在和2025年电商 a-z—（）]{0,30}|\\PC{0,60}") {
        if let Some(question) = understand(&typed) {
            proptest::prop_assert!(!question.kept.is_empty());
            for piece in question.kept.iter().chain(&question.dropped) {
                proptest::prop_assert!(typed.contains(piece.as_str()), "{piece} of {typed}");
            }
        }
    }
}
